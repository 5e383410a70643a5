// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Ipsec.Crypto;

/// <summary>The rows of one kind of algorithm, found by name (ASCII case is ignored).</summary>
internal sealed class AlgorithmTable<T>(string kind, Func<T, string> nameOf, params T[] rows)
    where T : class
{
    public IReadOnlyList<T> Rows { get; } = rows.AsReadOnly();

    public bool TryFind(string name, [NotNullWhen(true)] out T? row)
    {
        row = Rows.FirstOrDefault(candidate => string.Equals(nameOf(candidate), name, StringComparison.OrdinalIgnoreCase));
        return row is not null;
    }

    public T Named(string name) =>
        TryFind(name, out T? row)
            ? row
            : throw new ArgumentException($"no {kind} is called '{name}'; known: {string.Join(", ", Rows.Select(nameOf))}", nameof(name));
}
