// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Daemon.Configuration;

/// <summary>Gathers what is wrong with a file, and knows at which line each field stands.</summary>
internal sealed class ErrorList(string file)
{
    private readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal) { [""] = 1 };
    private readonly List<ConfigurationError> _errors = [];

    public IReadOnlyList<ConfigurationError> All => [.. _errors.OrderBy(error => error.Line)];

    /// <summary>The folder that relative paths of the file begin at.</summary>
    public string Folder { get; } = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";

    public void Locate(string field, long line) => _lines[field] = line;

    public void Add(string field, string problem) => _errors.Add(new(file, LineOf(field), field, problem));

    public void AddAt(long line, string field, string problem) => _errors.Add(new(file, line, field, problem));

    /// <summary>The line of a field, or of what it is part of.</summary>
    private long LineOf(string field)
    {
        while (true)
        {
            if (_lines.TryGetValue(field, out var line))
            {
                return line;
            }

            var end = field.LastIndexOfAny(['.', '[']);
            field = end <= 0 ? "" : field[..end];
        }
    }
}
