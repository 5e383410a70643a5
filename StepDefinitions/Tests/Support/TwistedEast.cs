// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
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

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>East, as a peer that lies about what it has.</summary>
internal sealed class TwistedEast(SecurityGateway gateway, VirtualEventLoop loop, Lie lie) : IEastSide
{
    private readonly GatewayWitness _witness = new();
    private string _connection = "";

    public SecurityGateway Gateway => gateway;

    public ImmutableArray<(string Name, string Text)> RenderedConfiguration => [];

    public Task ConfigureAsync(PeerPolicy policy)
    {
        _connection = policy.Name;
        gateway.Observe(_witness);
        foreach (var shunt in policy.Shunts)
        {
            gateway.DataPlane.Spd.Add(new SpdEntry(shunt.Name, new SelectorPair(shunt.Local, shunt.Remote), shunt.Action));
        }

        Assert.That(gateway.Add(IkeV1Policy.From(policy, lie.Retransmission)), Is.Empty);
        return Task.CompletedTask;
    }

    public Task InitiateIkeSaAsync() => Command(new InitiateIkeSa(_connection));

    public Task InitiateChildAsync(string child) => Command(new InitiateChildSa(_connection, child));

    public Task RekeyChildAsync(string child) => Command(new RekeyChildSa(gateway.ChildSas.Last(pair => pair.Child == child).InboundSpi));

    public Task RekeyIkeSaAsync() => Command(new RekeyIkeSa(_connection));

    public Task OfferGroupAsync(PrivateGroup group) => Command(new InitiateNewGroup(_connection, [group]));

    public Task DeleteChildAsync(string child) => Command(new DeleteChildSa(gateway.ChildSas.Last(pair => pair.Child == child).InboundSpi));

    public Task DeleteIkeSaAsync() => Command(new DeleteIkeSa(_connection));

    public Task PingAsync(IPAddress source, IPAddress destination, int count)
    {
        for (ushort sequence = 1; sequence <= count; sequence++)
        {
            gateway.SendInner(EchoNetwork.Request(Ipv4Header.ToNumber(source), Ipv4Header.ToNumber(destination), 9, sequence, "an echo of a twisted peer"u8));
        }

        return Task.CompletedTask;
    }

    public Task<PeerSas> ListSasAsync() => Task.FromResult(List());

    public Task<PeerSas> WaitForSasAsync(Func<PeerSas, bool> condition, TimeSpan deadline)
    {
        loop.WaitUntil(() => condition(List()), deadline);
        return Task.FromResult(List());
    }

    public Task<ImmutableArray<PeerSaKeys>> ListKeysAsync() => Task.FromResult<ImmutableArray<PeerSaKeys>>(
    [
        .. gateway.ChildSas.Select(ChildSaParameters.Of).SelectMany(pair => new SaParameters[] { pair.Inbound, pair.Outbound }).Select(PeerSaKeys.Of).Select(lie.Keys),
    ]);

    public Task LeaveSequenceNumbersAsync(string child, ulong left)
    {
        var pair = gateway.ChildSas.Last(one => one.Child == child);
        var protocol = pair.Protocol == IpsecProtocol.Ah ? IpProtocol.Ah : IpProtocol.Esp;
        if (gateway.DataPlane.Outbound.TryFind(pair.OutboundSpi, protocol, AddressNumber.From(pair.RemoteAddress), out var sa))
        {
            sa.SkipSequenceNumbers(sa.SequenceNumbersLeft - left);
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> ReadAuditAsync() => Task.FromResult(lie.Audit([.. _witness.Audited.Select(record => $"{record.Event}")]));

    /// <summary>It lies all the time, as the test says.</summary>
    public Task MisbehaveAsync(Misbehaviour how) => Task.CompletedTask;

    public Task<string> ReadLogAsync() => Task.FromResult("");

    private PeerSas List() => lie.Listing(new PeerSas(
        [.. gateway.IkeSas.Select(IkeSa)],
        [.. gateway.ChildSas.Select(ChildSa)]));

    private PeerIkeSa IkeSa(IkeSaDescription sa) => new(sa.InitiatorCookie, sa.ResponderCookie, sa.IsInitiator, IsEstablished: true)
    {
        Remote = sa.Remote,
        Encryption = sa.Suite?.Encryption,
        Hash = sa.Suite?.Hash,
        Group = sa.Suite?.Group,
        AssignedAddresses = _witness.Saw<ConfigurationAssigned>().LastOrDefault(assigned => assigned.Sa.InitiatorCookie == sa.InitiatorCookie)?.Configuration.Addresses ?? [],
    };

    private static PeerChildSa ChildSa(ChildSaPair pair) => new(pair.Child, pair.InboundSpi, pair.OutboundSpi, 0, 0)
    {
        Protocol = pair.Protocol == IpsecProtocol.Ah ? IpProtocol.Ah : IpProtocol.Esp,
        Mode = pair.Mode == EncapsulationMode.Tunnel ? SaMode.Tunnel : SaMode.Transport,
        Encryption = pair.Encryption,
        Integrity = pair.Integrity,
        HasExtendedSequenceNumbers = pair.UseEsn,
        IsUdpEncapsulated = pair.Udp is not null,
        SecondsToEnd = pair.LifetimeSeconds,
    };

    private Task Command(IkeInput command)
    {
        gateway.Command(command);
        return Task.CompletedTask;
    }
}
