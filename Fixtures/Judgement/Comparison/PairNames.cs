// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>What two peers are called when they are each other's.</summary>
public static class PairNames
{
    private const char Between = '~';

    /// <summary>The name of a pair, for example <c>strongswan~libreswan</c>.</summary>
    /// <param name="west">The one in our gateway's place.</param>
    /// <param name="east">The other.</param>
    public static string Of(string west, string east) => $"{west}{Between}{east}";

    /// <summary>Reads a name.</summary>
    /// <param name="name">Any peer's.</param>
    /// <param name="ends">The names of the two.</param>
    /// <returns>Whether it is a pair's.</returns>
    public static bool TryRead(string name, out (string West, string East) ends)
    {
        ArgumentNullException.ThrowIfNull(name);
        ends = name.Split(Between) is [{ Length: > 0 } west, { Length: > 0 } east] ? (west, east) : ("", "");
        return ends.West.Length > 0;
    }
}
