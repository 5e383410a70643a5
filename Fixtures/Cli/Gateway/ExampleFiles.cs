// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Ipsec.Fixtures.Cli.Gateway;

/// <summary>The examples of configurations that the program carries.</summary>
internal static class ExampleFiles
{
    /// <summary>The one with everything explained.</summary>
    public const string Default = "tunnel";

    private const string Extension = ".yaml";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ExampleFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads one.</summary>
    public static bool TryRead(string name, [NotNullWhen(true)] out string? text)
    {
        using var stream = typeof(ExampleFiles).Assembly.GetManifestResourceStream(name + Extension);
        text = stream is null ? null : new StreamReader(stream).ReadToEnd();
        return text is not null;
    }
}
