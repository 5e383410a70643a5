// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Sa;

namespace Ipsec.Gateway;

/// <summary>The traps of one policy entry: one, or where SAs are populated from packets one for each part of its traffic that waits.</summary>
internal sealed class TrapSet(string connection, string child, TrapLimits limits)
{
    // Each costs a negotiation, and who sends packets can ask for as many as he likes.
    private const int MostParts = 64;

    private readonly List<Trap> _traps = [];

    public string Connection => connection;

    public string Child => child;

    /// <summary>The trap for a part of the traffic, a new one if there is room for it.</summary>
    public bool TryFind(SelectorPair? wanted, [NotNullWhen(true)] out Trap? trap)
    {
        trap = _traps.Find(one => one.Wanted == wanted);
        if (trap is null && _traps.Count < MostParts)
        {
            _traps.Add(trap = new Trap(wanted, limits));
        }

        return trap is not null;
    }

    /// <summary>An SA is there: the packets that it is for may go.</summary>
    public IReadOnlyList<byte[]> Release(SelectorPair installed) =>
        [.. _traps.Where(trap => trap.Wanted is null || installed.Contains(trap.Wanted)).SelectMany(trap => trap.Release())];

    /// <summary>A negotiation of the connection failed. How many packets were given up.</summary>
    public int Fail(DateTimeOffset now) => _traps.Sum(trap => trap.Fail(now));

    /// <summary>Gives up packets for which no SA has come in time, and forgets traps that are not needed any more. How many packets.</summary>
    public int Expire(DateTimeOffset now)
    {
        var count = _traps.Sum(trap => trap.Expire(now));
        _traps.RemoveAll(trap => trap.IsIdle(now));
        return count;
    }
}
