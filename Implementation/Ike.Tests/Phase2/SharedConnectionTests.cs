// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Several peers under one connection: what one says or does is not about the others.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class SharedConnectionTests
{
    private readonly Dictionary<IPAddress, IkeV1Endpoint> _endpoints = [];
    private DateTimeOffset _now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void DeletesGoToThePeerWhoseSaItIs()
    {
        var (gateway, first, second) = TwoPeers(rekey: false);
        gateway.ChildSas.Should().HaveCount(2);
        var pair = gateway.ChildSas.Single(p => p.RemoteAddress.Equals(Address(11)));
        Play(gateway, new DeleteChildSa(pair.InboundSpi));
        first.ChildSas.Should().BeEmpty();
        second.ChildSas.Should().ContainSingle();
        Play(second, new DeleteChildSa(second.ChildSas[0].InboundSpi));
        gateway.ChildSas.Should().BeEmpty();
        Play(first, new InitiateChildSa("tunnel", "net"));
        Play(second, new InitiateChildSa("tunnel", "net"));
        Play(gateway, new DeleteIkeSa("tunnel"));
        first.ChildSas.Concat(second.ChildSas).Concat(gateway.ChildSas).Should().BeEmpty();
        first.EstablishedSas.Concat(second.EstablishedSas).Should().BeEmpty();
    }

    /// <summary>The gateway cannot call anybody, but under the IKE SA of the right peer it can replace what is about to end.</summary>
    [Test]
    public void EachPairIsReplacedWithItsOwnPeer()
    {
        var (gateway, first, second) = TwoPeers(rekey: true);
        for (var i = 0; i < 29; i++)
        {
            _now += TimeSpan.FromSeconds(10);
            Play(gateway, new TimePassed());
            Play(first, new TimePassed());
            Play(second, new TimePassed());
        }

        foreach (var peer in new[] { first, second })
        {
            peer.ChildSas.Should().ContainSingle().Which.IsInitiator.Should().BeFalse("the gateway has replaced it");
            gateway.ChildSas.Should().ContainSingle(p => p.InboundSpi == peer.ChildSas[0].OutboundSpi);
        }

        gateway.ChildSas.Should().HaveCount(2);
    }

    private (IkeV1Endpoint Gateway, IkeV1Endpoint First, IkeV1Endpoint Second) TwoPeers(bool rekey)
    {
        var policies = new PolicyPair().Both(c => c with { LifetimeSeconds = 300 });
        var automatic = new RekeyPolicy { IsAutomatic = rekey, Overlap = TimeSpan.FromSeconds(1) };
        var gateway = Make(PolicyPair.EastEnd.Address, policies.East with
        {
            Remote = new(IPAddress.Any, 500),
            RemoteIdentity = IdentityPattern.Any,
            Rekey = automatic,
        });
        var peers = new[] { 11, 12 }.Select(i => Make(Address(i), policies.West with
        {
            Local = new(Address(i), 500),
            LocalIdentity = IdentificationPayload.Fqdn($"peer{i}.example"),
            Rekey = automatic with { IsAutomatic = false },
        })).ToArray();
        Array.ForEach(peers, peer => Play(peer, new InitiateChildSa("tunnel", "net")));
        return (gateway, peers[0], peers[1]);
    }

    private IkeV1Endpoint Make(IPAddress address, ConnectionPolicy policy)
    {
        var endpoint = new IkeV1Endpoint(new SeededRandomSource((ulong)_endpoints.Count + 1));
        endpoint.Add(policy).Should().BeEmpty();
        _endpoints[address] = endpoint;
        return endpoint;
    }

    private void Play(IkeV1Endpoint endpoint, IkeInput input)
    {
        var inputs = new Queue<(IkeV1Endpoint To, IkeInput Input)>([(endpoint, input)]);
        while (inputs.TryDequeue(out var next))
        {
            foreach (var sent in next.To.Handle(next.Input, _now).Effects.OfType<SendDatagram>())
            {
                inputs.Enqueue((_endpoints[sent.Remote.Address], new DatagramReceived(sent.Remote, sent.Local, sent.Bytes)));
            }
        }
    }

    private static IPAddress Address(int host) => IPAddress.Parse($"198.51.100.{host}");
}
