// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Target;

namespace Ipsec.Fixtures.Rig.Tests.Target;

/// <summary>The profile that the repository has as an example.</summary>
internal static class Profiles
{
    public const string Path = "profile.yaml";

    public static IPAddress Device { get; } = new([198, 51, 100, 2]);

    public static string Example { get; } = File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Examples", "strongswan-by-hand.yaml"));

    /// <summary>The example with something else in it.</summary>
    public static TargetProfile With(string text, string instead)
    {
        var changed = Example.Replace(text, instead, StringComparison.Ordinal);
        changed.Should().NotBe(Example, "the example has \"{0}\"", text);
        var errors = ProfileFile.TryParse(Path, changed, out var profile);
        errors.Should().BeEmpty();
        return profile!;
    }

    public static TargetProfile Read()
    {
        ProfileFile.TryParse(Path, Example, out var profile).Should().BeEmpty();
        return profile!;
    }
}
