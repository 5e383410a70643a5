// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Daemon.Runtime;
using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Ike.Effects;
using Ipsec.Sa;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Daemon.Status;

/// <summary>Makes reports of a gateway. Lives on its event loop, and remembers since when its SAs exist.</summary>
internal sealed class StatusReporter(string name, string device, SecurityGateway gateway, TimeProvider clock) : IGatewayObserver
{
    private static readonly EspOutcome[] Outcomes = Enum.GetValues<EspOutcome>();

    private readonly DateTimeOffset _started = clock.GetUtcNow();
    private readonly Dictionary<(Cookie, Cookie), DateTimeOffset> _ikeSince = [];
    private readonly Dictionary<uint, DateTimeOffset> _childSince = [];

    /// <summary>Packets that the system did not take, and what was dropped as a flood.</summary>
    public Func<(long LostOutgoing, long LostIncoming, long Flooded)> Losses { get; set; } = () => default;

    public StatusReport Report()
    {
        var (lostOutgoing, lostIncoming, flooded) = Losses();
        return new(
            name,
            device,
            _started,
            [.. gateway.IkeSas.Select(Of)],
            [.. gateway.DataPlane.Usage.Select(Of)],
            Counts(gateway.DataPlane.InboundCounters),
            Counts(gateway.DataPlane.OutboundCounters),
            new Dictionary<string, long>
            {
                ["packets that waited for an SA"] = gateway.Counters.TrapsKept,
                ["packets given up for want of an SA"] = gateway.Counters.TrapsGivenUp,
                ["keepalives sent"] = gateway.Counters.KeepalivesSent,
                ["not taken by the network"] = lostOutgoing,
                ["not taken by the device"] = lostIncoming,
                ["dropped in a flood"] = flooded,
            }.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    public void OnIke(IkeEffect effect)
    {
        switch (effect)
        {
            case IkeSaEstablished { Sa: var sa }:
                _ikeSince[(sa.InitiatorCookie, sa.ResponderCookie)] = clock.GetUtcNow();
                break;
            case IkeSaClosed { Sa: var sa }:
                _ikeSince.Remove((sa.InitiatorCookie, sa.ResponderCookie));
                break;
            case InstallChildSa { Pair: var pair }:
                _childSince[pair.InboundSpi] = clock.GetUtcNow();
                break;
            case RemoveChildSa { Pair: var pair }:
                _childSince.Remove(pair.InboundSpi);
                break;
        }
    }

    public void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet)
    {
    }

    public void OnDelivered(ReadOnlyMemory<byte> innerPacket)
    {
    }

    private static ImmutableSortedDictionary<string, long> Counts(EspCounters counters, bool onlyDrops = false) => Outcomes
        .Where(outcome => counters[outcome] != 0 && !(onlyDrops && outcome == EspOutcome.Ok))
        .ToImmutableSortedDictionary(outcome => outcome.ToString(), outcome => counters[outcome], StringComparer.Ordinal);

    private static string Selector(IdentificationPayload identification) =>
        TrafficSelector.TryFrom(identification, out var selector) ? selector.ToString() : identification.ToString();

    private IkeSaStatus Of(IkeSaDescription sa) => new(
        sa.Connection,
        sa.IsInitiator ? "initiator" : "responder",
        sa.Local.ToString(),
        sa.Remote.ToString(),
        sa.PeerIdentity?.ToString() ?? "",
        $"{sa.InitiatorCookie} {sa.ResponderCookie}",
        sa.Mode.ToString(),
        sa.Suite?.ToString() ?? "",
        Age(_ikeSince.GetValueOrDefault((sa.InitiatorCookie, sa.ResponderCookie))),
        sa.Suite?.LifetimeSeconds ?? 0);

    private ChildSaStatus Of(ChildSaUsage usage) => new(
        usage.Pair.Connection,
        usage.Pair.Child,
        usage.Pair.Protocol.ToString(),
        usage.Pair.NegotiatedMode.ToString(),
        $"0x{usage.Pair.InboundSpi:x8}",
        $"0x{usage.Pair.OutboundSpi:x8}",
        usage.Pair.LocalAddress.ToString(),
        usage.Pair.RemoteAddress.ToString(),
        Selector(usage.Pair.LocalSelector),
        Selector(usage.Pair.RemoteSelector),
        LoggingObserver.SuiteOf(usage.Pair),
        usage.PacketsReceived,
        usage.BytesReceived,
        usage.PacketsSent,
        usage.BytesSent,
        usage.HighestSequenceReceived,
        usage.LastSequenceSent,
        usage.PathMtu,
        Age(_childSince.GetValueOrDefault(usage.Pair.InboundSpi)),
        usage.Pair.LifetimeSeconds,
        usage.Pair.LifetimeKilobytes,
        Counts(usage.Inbound, onlyDrops: true));

    private long Age(DateTimeOffset since) => since == default ? 0 : (long)(clock.GetUtcNow() - since).TotalSeconds;
}
