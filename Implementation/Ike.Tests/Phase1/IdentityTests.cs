// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>Identities of phase 1: RFC 2407 sections 4.6.2 and 4.6.2.1.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class IdentityTests
{
    private static IEnumerable<IdentificationPayload> Good() =>
    [
        IdentificationPayload.Ipv4Address(IPAddress.Parse("198.51.100.10")),
        IdentificationPayload.Ipv6Address(IPAddress.Parse("2001:db8::1")),
        IdentificationPayload.Fqdn("gw.example"),
        IdentificationPayload.UserFqdn("user@gw.example"),
        IdentificationPayload.DistinguishedName(new byte[] { 0x30, 0x00 }),
        new IdentificationPayload(IdType.DerAsn1Gn, 0, 0, new byte[] { 0x82, 1, (byte)'x' }),
        IdentificationPayload.KeyId("any octets"u8.ToArray()),
    ];

    private static IEnumerable<IdentificationPayload> Bad() =>
    [
        IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.51.100.0"), 24),
        IdentificationPayload.Ipv4Range(IPAddress.Parse("198.51.100.1"), IPAddress.Parse("198.51.100.9")),
        IdentificationPayload.Ipv6Subnet(IPAddress.Parse("2001:db8::"), 64),
        IdentificationPayload.Ipv6Range(IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::9")),
        new IdentificationPayload(IdType.None, 0, 0, new byte[4]),
        new IdentificationPayload(IdType.List, 0, 0, new byte[4]),
        new IdentificationPayload((IdType)200, 0, 0, new byte[4]),
        new IdentificationPayload(IdType.Ipv4Address, 0, 0, new byte[5]),
        new IdentificationPayload(IdType.Ipv6Address, 0, 0, new byte[4]),
        new IdentificationPayload(IdType.Fqdn, 0, 0, ReadOnlyMemory<byte>.Empty),
    ];

    [Test]
    public void EveryTypeThatNamesOnePeerServes([Values] Phase1Mode mode, [ValueSource(nameof(Good))] IdentificationPayload identity)
    {
        var pair = Methods.Pair(mode, AuthenticationMethod.PreSharedKey);
        var ladder = new Ladder(pair with { West = pair.West with { LocalIdentity = identity }, East = pair.East with { RemoteIdentity = identity } });
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle().Which.PeerIdentity.Should().Be(identity);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>Also where the policy takes any identity: subnets, ranges and unknown types name no single peer.</summary>
    [Test]
    public void WhatNamesNoSinglePeerAborts([Values] Phase1Mode mode, [ValueSource(nameof(Bad))] IdentificationPayload identity)
    {
        var pair = Methods.Pair(mode, AuthenticationMethod.PreSharedKey);
        var seam = new IdentitySeam(identity);
        var ladder = new Ladder(pair with { East = pair.East with { RemoteIdentity = IdentityPattern.Any } }, seams: seam);
        seam.Ladder = ladder;
        ladder.Connect(ladder.West, child: null);
        ladder.East.Saw<DatagramDiscarded>().First().Clause.Should().Be("RFC 2408 section 5.8");
        ladder.West.Saw<PeerNotified>().First().Notification.NotifyType.Should().Be(NotifyType.InvalidIdInformation);
        ladder.East.Deadline.Should().BeNull();
        MainModeTests.NothingEstablished(ladder);
    }

    [TestCase("WEST.Example", true)]
    [TestCase("west.exampl", false)]
    [TestCase("west.example.", false)]
    public void NamesAreComparedWithoutTheCaseOfTheirLetters(string name, bool isSame)
    {
        IdentityPattern pattern = IdentificationPayload.Fqdn("west.example");
        pattern.Matches(IdentificationPayload.Fqdn(name)).Should().Be(isSame);
        pattern.Matches(IdentificationPayload.UserFqdn(name)).Should().BeFalse();
        IdentityPattern.Exactly(IdentificationPayload.KeyId("west"u8.ToArray())).Matches(IdentificationPayload.KeyId("WEST"u8.ToArray())).Should().BeFalse();
        IdentityPattern.Any.Matches(IdentificationPayload.Fqdn(name)).Should().BeTrue();
    }

    /// <summary>A west that calls itself something and proves exactly that: the HASH is made anew over the changed identity.</summary>
    private sealed class IdentitySeam(IdentificationPayload identity) : IOutboundSeams
    {
        public Ladder? Ladder { get; set; }

        public System.Collections.Immutable.ImmutableArray<Payload> OnPayloads(OutboundMessage message, System.Collections.Immutable.ImmutableArray<Payload> payloads)
        {
            if (message is { ByInitiator: false } || message.Exchange == Wire.Isakmp.ExchangeType.Informational || !payloads.Any(p => p is IdentificationPayload))
            {
                return payloads;
            }

            return [.. payloads.Select(p => p switch
            {
                IdentificationPayload => identity,
                HashPayload => new HashPayload(HashI()),
                _ => p,
            })];
        }

        public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => plain;

        public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => datagram;

        private byte[] HashI()
        {
            var messages = Ladder!.Wire.Select(w => MainModeTests.Read(w.Bytes)).ToArray();
            byte[] Body<T>(int index)
                where T : Payload => messages[index].Find<T>()!.Body.ToArray();
            var prf = Crypto.PrfAlgorithm.Named("HMAC-SHA2-256");
            var skeyid = Crypto.V1.KeySchedule.SkeyidForPreSharedKey(
                prf, "a shared secret of two gateways"u8, Body<NoncePayload>(2), Body<NoncePayload>(3));
            return Crypto.V1.KeySchedule.HashI(
                prf,
                skeyid,
                Body<KeyExchangePayload>(2),
                Body<KeyExchangePayload>(3),
                messages[1].Header.InitiatorCookie.ToBytes(),
                messages[1].Header.ResponderCookie.ToBytes(),
                Body<SaPayload>(0),
                identity.Body.Span);
        }
    }
}
