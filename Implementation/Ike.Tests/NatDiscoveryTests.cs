// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Nat;
using Ipsec.Wire.V1;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Ike.Tests;

/// <summary>NAT-D (RFC 3947 section 3.2). The vectors were computed with another implementation of the hashes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NatDiscoveryTests
{
    private static readonly Cookie I = Cookie.Read(Convert.FromHexString("0123456789abcdef"));
    private static readonly Cookie R = Cookie.Read(Convert.FromHexString("fedcba9876543210"));
    private static readonly PrfAlgorithm Sha = PrfAlgorithm.Named("HMAC-SHA2-256");
    private static readonly IPEndPoint Here = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint There = new(IPAddress.Parse("198.51.100.2"), 500);
    private static readonly IPEndPoint Elsewhere = new(IPAddress.Parse("198.18.0.7"), 500);

    [TestCase("HMAC-MD5", "198.51.100.10", 500, "e943907eddeac6e4379ea7851dc19e27")]
    [TestCase("HMAC-MD5", "198.51.100.2", 40001, "8be336ceadf052fcd670d14902e75a7d")]
    [TestCase("HMAC-MD5", "2001:db8::1", 4500, "920e06206d1f519891c5608e73bfcdc3")]
    [TestCase("HMAC-SHA1", "198.51.100.10", 500, "5df9a56a4a255d8e2153bdd01fadf8c0aa667be8")]
    [TestCase("HMAC-SHA1", "198.51.100.2", 40001, "39d92c75353f69578e76baba8e6c3a0133f34062")]
    [TestCase("HMAC-SHA1", "2001:db8::1", 4500, "9de8bfefaab479f0d5a5609a6de20595c6307502")]
    [TestCase("HMAC-SHA2-256", "198.51.100.10", 500, "dfd421fc39fd6a60991f9895a0d6f8422f2d829636d6881091f5f58fea63f674")]
    [TestCase("HMAC-SHA2-256", "198.51.100.2", 40001, "a3cc1ffedfa286b347e3b15ded6446ee6cc5e62781d3e94db9461a5a9508d9f4")]
    [TestCase("HMAC-SHA2-256", "2001:db8::1", 4500, "b323e06152a2a38e2038088b703eb9fd2461ab40b725658b0b495cc0061c3047")]
    [TestCase("HMAC-SHA2-384", "198.51.100.10", 500, "6141e34a1d994ac12a17c2cc726bddb3e0850b754cbcaecb923571d927166e19a46d6b0d7145bbf15b81ea213cc0d9be")]
    [TestCase("HMAC-SHA2-512", "198.51.100.10", 500, "2791807887fc4c86c21399c81d40280c01ae75ec2817197fa35ce098a6b65749e8a4f8c56417116ebb0b3ced9ef7770c2c3c2c34e3cc2c35652290dec0522d3e")]
    public void TheHashCoversCookiesAddressAndPort(string hash, string address, int port, string expected) =>
        Convert.ToHexStringLower(NatDiscovery.Hash(PrfAlgorithm.Named(hash), I, R, new(IPAddress.Parse(address), port))).Should().Be(expected);

    [Test]
    public void ThePeersEndComesFirstThenEveryOneOfOurs()
    {
        var payloads = NatDiscovery.Payloads(Sha, I, R, There, [Here, Elsewhere], isDraft: false);
        payloads.Cast<NatDiscoveryPayload>().Select(p => Convert.ToHexString(p.Hash.Span)).Should().Equal(
            new[] { There, Here, Elsewhere }.Select(end => Convert.ToHexString(NatDiscovery.Hash(Sha, I, R, end))));
        payloads.Should().OnlyContain(p => (byte)p.Type == 20);
        NatDiscovery.Payloads(Sha, I, R, There, [Here], isDraft: true).Should().OnlyContain(p => (byte)p.Type == 130);
    }

    /// <summary>As the receiver Here judges what There has sent: (first hash, source hashes) and who is behind a NAT.</summary>
    [Test]
    public void TheFirstHashSpeaksOfUsTheOthersOfThePeer()
    {
        Judge([Here, There]).Should().Be((false, false));
        Judge([Elsewhere, There]).Should().Be((true, false));
        Judge([Here, Elsewhere]).Should().Be((false, true));
        Judge([Elsewhere, Elsewhere]).Should().Be((true, true));
        Judge([Here, Elsewhere, There]).Should().Be((false, false), "one matching source hash is enough");
        Judge([There, Here]).Should().Be((true, true), "the order matters");
        Judge([Here]).Should().Be((false, true), "no source hash matches");
        Judge([Here, new(There.Address, 501)]).Should().Be((false, true), "the port counts");
    }

    [Test]
    public void AnyOfOurEndsMayBeMeant()
    {
        var payloads = NatDiscovery.Payloads(Sha, I, R, Elsewhere, [There], false).Cast<NatDiscoveryPayload>().ToArray();
        NatDiscovery.BehindNat(Sha, I, R, payloads, [Here, Elsewhere], There).Should().Be((false, false));
    }

    [Test]
    public void AHashOfAnotherLengthMatchesNothing()
    {
        NatDiscoveryPayload[] payloads = [new(NatDiscovery.Hash(Sha, I, R, Here).AsMemory(0, 31)), new(ReadOnlyMemory<byte>.Empty)];
        NatDiscovery.BehindNat(Sha, I, R, payloads, [Here], There).Should().Be((true, true));
    }

    [TestCase(NatTraversalVersion.Rfc3947, true, EncapsulationMode.Tunnel, 3)]
    [TestCase(NatTraversalVersion.Rfc3947, true, EncapsulationMode.Transport, 4)]
    [TestCase(NatTraversalVersion.Rfc3947, false, EncapsulationMode.Tunnel, 1)]
    [TestCase(NatTraversalVersion.Draft03, true, EncapsulationMode.Tunnel, 61443)]
    [TestCase(NatTraversalVersion.Draft02, true, EncapsulationMode.Transport, 61444)]
    [TestCase(NatTraversalVersion.Draft02, false, EncapsulationMode.Transport, 2)]
    [TestCase(NatTraversalVersion.None, true, EncapsulationMode.Tunnel, 1)]
    public void TheEncapsulationFollowsTheSituation(NatTraversalVersion version, bool behind, EncapsulationMode mode, int expected) =>
        ((int)new NatSituation(version, behind, false).Encapsulation(mode)).Should().Be(expected);

    /// <summary>RFC 3947 section 5.2: the initiator's address first, each as this side knows it.</summary>
    [Test]
    public void OriginalAddressesAreInTheOrderOfTheRoles()
    {
        var situation = new NatSituation(NatTraversalVersion.Rfc3947, true, false);
        situation.OriginalAddresses(Here.Address, There.Address, true).Select(p => p.ToString()).Should().Equal("NAT-OA(198.51.100.10)", "NAT-OA(198.51.100.2)");
        situation.OriginalAddresses(Here.Address, There.Address, false).Select(p => p.ToString()).Should().Equal("NAT-OA(198.51.100.2)", "NAT-OA(198.51.100.10)");
        (situation with { Version = NatTraversalVersion.Draft02 }).OriginalAddresses(Here.Address, There.Address, false)
            .Should().ContainSingle().Which.IsDraft.Should().BeTrue();
    }

    [TestCase(false, true, true)]
    [TestCase(true, true, false)]
    [TestCase(true, false, false)]
    [TestCase(false, false, false)]
    public void OnlyAnEndThatIsNotBehindANatFollowsOneThatIs(bool local, bool peer, bool follows) =>
        new NatSituation(NatTraversalVersion.Rfc3947, local, peer).FollowsPeer.Should().Be(follows);

    private static (bool Local, bool Peer) Judge(IPEndPoint[] ends)
    {
        var payloads = NatDiscovery.Payloads(Sha, I, R, ends[0], ends[1..], false).Cast<NatDiscoveryPayload>().ToArray();
        return NatDiscovery.BehindNat(Sha, I, R, payloads, [Here], There);
    }
}
