// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Text;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Gateway;
using Ipsec.Ike;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>Our own implementation in the place of the judged peer.</summary>
internal sealed class VirtualEastSide : IEastSide
{
    private readonly VirtualEventLoop _loop;
    private readonly GatewayWitness _witness = new();
    private PeerPolicy? _policy;

    public VirtualEastSide(SecurityGateway gateway, VirtualEventLoop loop)
    {
        Gateway = gateway;
        _loop = loop;
        gateway.Observe(_witness);
    }

    public SecurityGateway Gateway { get; }

    public ImmutableArray<(string Name, string Text)> RenderedConfiguration =>
        _policy is null ? [] : [("policy.txt", PeerPolicyText.Of(_policy)), .. CertificateFiles.Of(_policy.Certificates)];

    public Task ConfigureAsync(PeerPolicy policy)
    {
        foreach (var shunt in policy.Shunts)
        {
            Gateway.DataPlane.Spd.Add(new SpdEntry(shunt.Name, new SelectorPair(shunt.Local, shunt.Remote), shunt.Action));
        }

        var errors = Gateway.Add(IkeV1Policy.From(policy, RetransmissionPolicy.Default));
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(policy));
        }

        _policy = policy;
        return Task.CompletedTask;
    }

    public Task InitiateIkeSaAsync() => Command(new InitiateIkeSa(Policy.Name));

    public Task InitiateChildAsync(string child) => Command(new InitiateChildSa(Policy.Name, child));

    public Task RekeyChildAsync(string child) =>
        Command(new RekeyChildSa(Gateway.ChildSas.Last(pair => pair.Child == child).InboundSpi));

    public Task RekeyIkeSaAsync() => Command(new RekeyIkeSa(Policy.Name));

    public Task OfferGroupAsync(PrivateGroup group) => Command(new InitiateNewGroup(Policy.Name, [group]));

    public Task DeleteChildAsync(string child) =>
        Command(new DeleteChildSa(Gateway.ChildSas.Last(pair => pair.Child == child).InboundSpi));

    public Task DeleteIkeSaAsync() => Command(new DeleteIkeSa(Policy.Name));

    public Task PingAsync(IPAddress source, IPAddress destination, int count)
    {
        for (ushort sequence = 1; sequence <= count; sequence++)
        {
            var payload = Encoding.ASCII.GetBytes($"conformance echo from east, number {sequence:D5}, as long as ping's own");
            Gateway.SendInner(EchoNetwork.Request(Ipv4Header.ToNumber(source), Ipv4Header.ToNumber(destination), 0x4541, sequence, payload));
        }

        return Task.CompletedTask;
    }

    public Task<PeerSas> ListSasAsync() => Task.FromResult(List());

    public Task<PeerSas> WaitForSasAsync(Func<PeerSas, bool> condition, TimeSpan deadline)
    {
        _loop.WaitUntil(() => condition(List()), deadline);
        return Task.FromResult(List());
    }

    public Task<string> ReadLogAsync() => Task.FromResult(string.Join('\n', _witness.Effects.Select(Line)) + "\n");

    public Task<ImmutableArray<PeerSaKeys>> ListKeysAsync() => Task.FromResult<ImmutableArray<PeerSaKeys>>([.. Gateway.ChildSas.SelectMany(Both).Select(PeerSaKeys.Of)]);

    public Task LeaveSequenceNumbersAsync(string child, ulong left)
    {
        var pair = Gateway.ChildSas.Last(one => one.Child == child);
        var protocol = pair.Protocol == IpsecProtocol.Ah ? IpProtocol.Ah : IpProtocol.Esp;
        if (Gateway.DataPlane.Outbound.TryFind(pair.OutboundSpi, protocol, AddressNumber.From(pair.RemoteAddress), out var sa))
        {
            sa.SkipSequenceNumbers(sa.SequenceNumbersLeft - left);
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> ReadAuditAsync() => Task.FromResult<ImmutableArray<string>>([.. _witness.Audited.Select(record => $"{record.Event}")]);

    private PeerPolicy Policy => _policy ?? throw new InvalidOperationException("east has no policy yet");

    private static string Line(IkeEffect effect) => effect switch
    {
        MessageTraced traced => $"{(traced.IsSent ? "sent" : "received")}{(traced.IsRepeat ? " again" : "")} {traced.Message}",
        _ => effect.ToString(),
    };

    private static IEnumerable<SaParameters> Both(ChildSaPair pair)
    {
        var (inbound, outbound) = ChildSaParameters.Of(pair);
        return [inbound, outbound];
    }

    private Task Command(IkeInput command)
    {
        Gateway.Command(command);
        return Task.CompletedTask;
    }

    private PeerSas List() => new(
        [.. Gateway.IkeSas.Select(IkeSa)],
        [.. Gateway.ChildSas.Select(Child)]);

    private static bool IsOf(IkeSaDescription sa, IkeSaDescription other) => sa.InitiatorCookie == other.InitiatorCookie && sa.ResponderCookie == other.ResponderCookie;

    private PeerIkeSa IkeSa(IkeSaDescription sa) => new(sa.InitiatorCookie, sa.ResponderCookie, sa.IsInitiator, IsEstablished: true)
    {
        Encryption = sa.Suite?.Encryption,
        Hash = sa.Suite?.Hash,
        Group = sa.Suite?.Group,
        Local = sa.Local,
        Remote = sa.Remote,
        AssignedAddresses = _witness.Saw<ConfigurationAssigned>().LastOrDefault(assigned => IsOf(sa, assigned.Sa))?.Configuration.Addresses ?? [],
        RemoteUser = _witness.Saw<XauthFinished>().LastOrDefault(finished => finished is { IsServer: true, IsAccepted: true } && IsOf(sa, finished.Sa))?.User,
    };

    private PeerChildSa Child(ChildSaPair pair)
    {
        var plane = Gateway.DataPlane;
        return new(pair.Child, pair.InboundSpi, pair.OutboundSpi, Packets(plane.Inbound, pair.InboundSpi), Packets(plane.Outbound, pair.OutboundSpi))
        {
            Protocol = pair.Protocol == IpsecProtocol.Ah ? IpProtocol.Ah : IpProtocol.Esp,
            Mode = pair.Mode == EncapsulationMode.Tunnel ? SaMode.Tunnel : SaMode.Transport,
            IsUdpEncapsulated = pair.Udp is not null,
            HasExtendedSequenceNumbers = pair.UseEsn,
            Encryption = pair.Encryption,
            Integrity = pair.Integrity,
            Pfs = pair.Pfs,
            SecondsToEnd = pair.LifetimeSeconds,
        };
    }

    private static long Packets<T>(Sad<T> sad, uint spi)
        where T : class, ISecurityAssociation => sad.TryFind(spi, out var sa) ? sa.Usage.Packets : 0;
}
