// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Gateway;
using Ipsec.Ike;
using Ipsec.Ike.Inputs;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>East, as a peer that lies about what it has.</summary>
internal sealed class TwistedEast(SecurityGateway gateway, VirtualEventLoop loop, Lie lie) : IEastSide
{
    private string _connection = "";

    public SecurityGateway Gateway => gateway;

    public ImmutableArray<(string Name, string Text)> RenderedConfiguration => [];

    public Task ConfigureAsync(PeerPolicy policy)
    {
        _connection = policy.Name;
        Assert.That(gateway.Add(IkeV1Policy.From(policy, RetransmissionPolicy.Default)), Is.Empty);
        return Task.CompletedTask;
    }

    public Task InitiateIkeSaAsync() => Command(new InitiateIkeSa(_connection));

    public Task InitiateChildAsync(string child) => Command(new InitiateChildSa(_connection, child));

    public Task RekeyChildAsync(string child) => InitiateChildAsync(child);

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

    public Task<string> ReadLogAsync() => Task.FromResult("");

    private PeerSas List() => lie.Listing(new PeerSas(
        [.. gateway.IkeSas.Select(sa => new PeerIkeSa(sa.InitiatorCookie, sa.ResponderCookie, sa.IsInitiator, IsEstablished: true))],
        [.. gateway.ChildSas.Select(pair => new PeerChildSa(pair.Child, pair.InboundSpi, pair.OutboundSpi, 0, 0))]));

    private Task Command(IkeInput command)
    {
        gateway.Command(command);
        return Task.CompletedTask;
    }
}
