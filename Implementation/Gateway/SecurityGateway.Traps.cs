// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Sa;

namespace Ipsec.Gateway;

/// <content>SAs that are negotiated when the first packet needs them (RFC 4301 section 5.1 step 3b).</content>
public sealed partial class SecurityGateway
{
    private readonly Dictionary<string, TrapSet> _traps = new(StringComparer.Ordinal);

    /// <summary>What packets that wait for an SA may cost.</summary>
    public TrapLimits TrapLimits { get; init; } = TrapLimits.Default;

    /// <summary>
    /// Whether packets pass on threads of their own, beside the event loop, through <see cref="IpsecDataPlane.CreateOutgoingPath"/> and
    /// <see cref="IpsecDataPlane.CreateIncomingPath"/>: auditable events are then brought to the loop.
    /// </summary>
    public bool HasPacketThreads { get; init; }

    /// <summary>Sets a trap: from now on a packet for this child that has no SA starts a negotiation and waits for it.</summary>
    /// <param name="connection">Name of the connection.</param>
    /// <param name="child">Name of the child.</param>
    /// <param name="populate">What the SA takes from the packet; the child's policy must allow it to be narrowed.</param>
    public void SetTrap(string connection, string child, PopulateFromPacket populate = PopulateFromPacket.None)
    {
        var name = ChildSaParameters.EntryName(connection, child);
        if (populate != PopulateFromPacket.None)
        {
            DataPlane.Spd.Replace(DataPlane.Spd.Entries.Select(entry => entry.Name == name ? entry with { Populate = populate } : entry));
        }

        _traps[name] = new TrapSet(connection, child, TrapLimits);
    }

    /// <summary>A packet has a policy that protects it, and no SA: it waits for one where a trap is set.</summary>
    private bool Catch(in OutboundResult result, ReadOnlyMemory<byte> packet)
    {
        if (_isDisposed || !_traps.TryGetValue(result.Entry.Name, out var traps))
        {
            return false;
        }

        var now = _loop.Clock.GetUtcNow();
        Counters.TrapsGivenUp += traps.Expire(now);
        var wanted = result.Entry.Populate == PopulateFromPacket.None ? null : result.Wanted;
        if (!traps.TryFind(wanted, out var trap) || !trap.TryKeep(packet, now))
        {
            Counters.TrapsGivenUp++;
            return false;
        }

        Counters.TrapsKept++;

        // What the peer negotiates already will serve: its first packets may be quicker than its last message.
        if (!DataPlane.IsPrepared(result.Entry.Name) && trap.TrySpring(now))
        {
            PostInitiation(traps, trap);
        }

        return true;
    }

    // Not now: whoever sends a packet is not done with it.
    private void PostInitiation(TrapSet traps, Trap trap)
    {
        var command = new InitiateChildSa(traps.Connection, traps.Child);
        if (trap.Wanted is { } wanted && wanted.Local.TryGetIdentification(out var local) && wanted.Remote.TryGetIdentification(out var remote))
        {
            command = command with { LocalSelector = local, RemoteSelector = remote };
        }

        _loop.Post(() => Handle(command));
    }

    private void NoteForTraps(IkeEffect effect)
    {
        switch (effect)
        {
            case InstallChildSa { Pair: var pair } when _traps.TryGetValue(ChildSaParameters.EntryName(pair.Connection, pair.Child), out var traps):
                // Of a bundle the other pair comes with the next effect.
                _loop.Post(() => Release(traps, ChildSaParameters.Of(pair).Outbound.Selectors));
                break;
            case ExchangeFailed failed:
                Fail(failed.Sa.Connection);
                break;
            case IkeSaClosed closed:
                Fail(closed.Sa.Connection);
                break;
        }
    }

    private void Release(TrapSet traps, SelectorPair installed)
    {
        foreach (var packet in traps.Release(installed))
        {
            if (!_isDisposed && SendNow(packet).Outcome is not (EspOutcome.Ok or EspOutcome.Bypassed or EspOutcome.FragmentKept))
            {
                Counters.TrapsGivenUp++;
            }
        }
    }

    private void Fail(string connection)
    {
        foreach (var traps in _traps.Values.Where(traps => traps.Connection == connection))
        {
            Counters.TrapsGivenUp += traps.Fail(_loop.Clock.GetUtcNow());
        }
    }
}
