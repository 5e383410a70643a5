// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests;

/// <summary>What can be negotiated: RFC 2407 sections 4.4.3, 4.4.4 and 4.5, RFC 2408 section 4.2, RFC 4304.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SuiteTests
{
    private static readonly Phase2Suite[] Suites =
    [
        Phase2Policies.Gcm,
        Phase2Policies.Cbc,
        Phase2Policies.Ah,
        Phase2Policies.Bundle,
        Phase2Suite.AhAndEsp(Phase2Policies.Integrity("HMAC-SHA2-512-256"), Phase2Policies.Gcm),
        Phase2Policies.Gcm with { UseEsn = true },
        Phase2Policies.Bundle with { UseEsn = true },
        PolicyPair.Phase2("NULL", "HMAC-SHA1-96"),
        PolicyPair.Phase2("3DES-CBC", "AES-XCBC-96"),
        PolicyPair.Phase2("AES-GMAC-192", null),
        PolicyPair.Phase2("AES-CTR-256", "HMAC-SHA2-384-192"),
        Phase2Suite.Ah(Phase2Policies.Integrity("AES-GMAC-256")),
        Phase2Suite.EspWithoutIntegrity(Phase2Policies.Cbc.Encryption!),
        Phase2Suite.AhAndEsp(Phase2Policies.Integrity("HMAC-SHA2-256-128"), Phase2Suite.EspWithoutIntegrity(Phase2Policies.Cbc.Encryption!)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from suite in Suites
        from pfs in new[] { null, "ECP-256" }
        select new TestCaseData(suite, pfs);

    [TestCaseSource(nameof(Cases))]
    public void BothSidesHaveTheSuite(object item, string? pfs)
    {
        var suite = (Phase2Suite)item;
        var ladder = Connect(new PolicyPair().Both(c => c with { Suites = [suite], Pfs = pfs is null ? null : PolicyPair.Group(pfs) }));
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            var pairs = side.Endpoint.ChildSas;
            pairs.Select(p => p.Protocol).Should().Equal(suite.Protocols);
            pairs.Should().OnlyContain(p => p.UseEsn == suite.UseEsn && p.Pfs == (pfs == null ? null : PolicyPair.Group(pfs)));
            foreach (var pair in pairs)
            {
                var isEsp = pair.Protocol == IpsecProtocol.Esp;
                pair.Encryption.Should().Be(isEsp ? suite.Encryption : null);
                pair.Integrity.Should().Be(isEsp ? suite.Integrity : suite.AhIntegrity);
                pair.InboundKeyMaterial.Length.Should().Be((pair.Encryption?.KeyMaterialSize ?? 0) + (pair.Integrity?.KeySize ?? 0));
            }

            pairs.Select(p => p.BundleId).Distinct().Should().ContainSingle("the pairs of a bundle share an id").Which.HasValue.Should().Be(pairs.Count == 2);
        }

        AllKeysDiffer(ladder);
    }

    /// <summary>RFC 2408 section 4.2: one number is a bundle, the next an alternative.</summary>
    [Test]
    public void ABundleIsTwoProposalsOfOneNumberWithAnSpiEach()
    {
        var ladder = Connect(new PolicyPair().Both(c => c with { Suites = [Phase2Policies.Bundle, Phase2Policies.Cbc, Phase2Policies.Gcm, Phase2Policies.Ah] }));
        var offer = Offer(ladder);
        offer.Proposals.Select(p => (p.Number, p.ProtocolId, p.Transforms.Length)).Should().Equal(
            (1, ProtocolId.Ah, 1), (1, ProtocolId.Esp, 1), (2, ProtocolId.Esp, 2), (3, ProtocolId.Ah, 1));
        offer.Proposals[0].Spi.ToArray().Should().NotEqual(offer.Proposals[1].Spi.ToArray());
        var answer = Answer(ladder);
        answer.Proposals.Select(p => (p.Number, p.ProtocolId)).Should().Equal((1, ProtocolId.Ah), (1, ProtocolId.Esp));
    }

    [TestCase(ProposalLayout.Transforms, new[] { 3 })]
    [TestCase(ProposalLayout.Proposals, new[] { 1, 1, 1 })]
    public void AlternativesAreTransformsOrProposals(ProposalLayout layout, int[] transforms)
    {
        ImmutableArray<Phase2Suite> all = [Phase2Policies.Gcm, Phase2Policies.Cbc, Phase2Policies.Sha1];
        var ladder = Connect(new PolicyPair().OfWest(c => c with { Suites = all, Layout = layout }).OfEast(c => c with { Suites = [Phase2Policies.Sha1] }));
        Offer(ladder).Proposals.Select(p => p.Transforms.Length).Should().Equal(transforms);
        Offer(ladder).Proposals.Select(p => (int)p.Number).Should().BeInAscendingOrder();
        Answer(ladder).Proposals.Single().Number.Should().Be((byte)transforms.Length, "the responder keeps the number");
        ladder.East.Endpoint.ChildSas.Single().Integrity!.Name.Should().Be("HMAC-SHA1-96");
    }

    [Test]
    public void TheInitiatorsOrderDecides()
    {
        var ladder = Connect(new PolicyPair()
            .OfWest(c => c with { Suites = [Phase2Policies.Sha1, Phase2Policies.Bundle, Phase2Policies.Gcm] })
            .OfEast(c => c with { Suites = [Phase2Policies.Gcm, Phase2Policies.Bundle] }));
        ladder.West.Endpoint.ChildSas.Should().HaveCount(2);
    }

    /// <summary>A suite is accepted whole or not at all (RFC 2408 section 4.2).</summary>
    [Test]
    public void HalfABundleIsNoAgreement([Values] bool ahOnly)
    {
        var half = ahOnly ? Phase2Suite.Ah(Phase2Policies.Bundle.AhIntegrity!) : Phase2Policies.Cbc;
        Refused(Play(new PolicyPair().OfWest(c => c with { Suites = [Phase2Policies.Bundle] }).OfEast(c => c with { Suites = [half] })));
        Refused(Play(new PolicyPair().OfEast(c => c with { Suites = [Phase2Policies.Bundle] }).OfWest(c => c with { Suites = [half] })));
    }

    [Test]
    public void EspWithoutIntegrityNeedsAPolicyThatSaysSo()
    {
        var bare = Phase2Suite.EspWithoutIntegrity(Phase2Policies.Cbc.Encryption!);
        Refused(Play(new PolicyPair().OfWest(c => c with { Suites = [bare] }).OfEast(c => c with { Suites = [Phase2Policies.Cbc] })));
        var policy = new PolicyPair().Both(c => c with { Suites = [new Phase2Suite(Phase2Policies.Cbc.Encryption!, null)] }).West;
        PolicyCheck.Check([policy]).Should().ContainSingle().Which.Field.Should().Be("connections[0].children[0].suites[0].integrity");
        Offer(Play(new PolicyPair().Both(c => c with { Suites = [bare] }))).Proposals[0].Transforms[0]
            .TryGet((ushort)Phase2Attribute.AuthenticationAlgorithm, out _).Should().BeFalse("RFC 2407 section 4.5");
    }

    // RFC 4494 gives no numbers for IKEv1, RFC 4543 section 5.3 keeps the other from ESP.
    [TestCase("AES-CMAC-96", "AES-CBC-128")]
    [TestCase("AES-GMAC-128", "AES-CBC-128")]
    [TestCase("AES-CMAC-96", null)]
    public void IntegrityThatCannotBeUsedIsRefusedBeforeAnythingIsSent(string integrity, string? encryption)
    {
        var algorithm = IntegrityAlgorithm.Named(integrity);
        var suite = encryption is null ? Phase2Suite.Ah(algorithm) : new Phase2Suite(EncryptionAlgorithm.Named(encryption), algorithm);
        var policy = new PolicyPair().Both(c => c with { Suites = [suite] }).West;

        PolicyCheck.Check([policy]).Should().ContainSingle().Which.Field.Should().Be("connections[0].children[0].suites[0].integrity");
    }

    /// <summary>RFC 2407 section 4.5: ESP without confidentiality has integrity, or it would protect nothing.</summary>
    [Test]
    public void NullWithoutIntegrityIsNothing()
    {
        var nothing = Phase2Suite.EspWithoutIntegrity(Ipsec.Crypto.EncryptionAlgorithm.Named("NULL"));
        PolicyCheck.Check([new PolicyPair().OfWest(c => c with { Suites = [nothing] }).West]).Should().ContainSingle();
        var bend = new Bend(7, "NULL without integrity")
        {
            Payloads = payloads => [.. payloads.Select(p => p is SaPayload sa ? WithoutIntegrity(sa) : p)],
        };
        var ladder = new Ladder(new PolicyPair().Both(c => c with { Suites = [PolicyPair.Phase2("NULL", "HMAC-SHA1-96")] }), seams: bend);
        ladder.Connect(ladder.West);
        Refused(ladder);

        static SaPayload WithoutIntegrity(SaPayload sa) => sa with
        {
            Proposals = [.. sa.Proposals.Select(p => p with
            {
                Transforms = [.. p.Transforms.Select(t => t with { Attributes = [.. t.Attributes.Where(a => a.Type != (ushort)Phase2Attribute.AuthenticationAlgorithm)] })],
            })],
        };
    }

    /// <summary>RFC 2407 section 4.5: a Key Length must not be sent for a cipher whose keys have one length.</summary>
    [Test]
    public void AKeyLengthForAFixedLengthCipherIsRefused()
    {
        var bend = new Bend(7, "key length")
        {
            Payloads = payloads => [.. payloads.Select(p => p is SaPayload sa ? WithKeyLength(sa) : p)],
        };
        var ladder = new Ladder(new PolicyPair().Both(c => c with { Suites = [PolicyPair.Phase2("3DES-CBC", "HMAC-SHA1-96")] }), seams: bend);
        ladder.Connect(ladder.West);
        Refused(ladder);

        static SaPayload WithKeyLength(SaPayload sa) => sa with
        {
            Proposals = [.. sa.Proposals.Select(p => p with
            {
                Transforms = [.. p.Transforms.Select(t => t with { Attributes = t.Attributes.Add(DataAttribute.Basic(Phase2Attribute.KeyLength, 192)) })],
            })],
        };
    }

    [Test]
    public void EsnIsAgreedOnOrNot([Values] bool west, [Values] bool east)
    {
        var ladder = Play(new PolicyPair()
            .OfWest(c => c with { Suites = [Phase2Policies.Gcm with { UseEsn = west }] })
            .OfEast(c => c with { Suites = [Phase2Policies.Gcm with { UseEsn = east }] }));
        if (west == east)
        {
            ladder.East.Endpoint.ChildSas.Should().ContainSingle().Which.UseEsn.Should().Be(west);
        }
        else
        {
            Refused(ladder);
        }
    }

    [TestCase("AES-GCM-16-256", null)]
    [TestCase("AES-CBC-128", "HMAC-SHA2-512-256")]
    [TestCase("3DES-CBC", "HMAC-SHA1-96")]
    [TestCase("NULL", "HMAC-SHA1-96")]
    public void TheKeyLengthIsSentForVariableKeysOnly(string encryption, string? integrity)
    {
        var suite = PolicyPair.Phase2(encryption, integrity);
        var ladder = Connect(new PolicyPair().Both(c => c with { Suites = [suite] }));
        Offer(ladder).Proposals[0].Transforms[0].TryGet((ushort)Phase2Attribute.KeyLength, out _).Should().Be(suite.Encryption!.HasKeyLengthAttribute);
    }

    /// <summary>A Delete holds SPIs of one protocol (RFC 2408 section 3.15).</summary>
    [Test]
    public void ABundleIsDeletedWhole([Values] IpsecProtocol named, [Values] bool byWest)
    {
        var ladder = Connect(new PolicyPair().Both(c => c with { Suites = [Phase2Policies.Bundle] }));
        var side = byWest ? ladder.West : ladder.East;
        ladder.Do(side, new DeleteChildSa(side.Endpoint.ChildSas.Single(p => p.Protocol == named).InboundSpi));
        var deletes = side.Sent(ExchangeType.Informational).Select(t => t.Message.Find<DeletePayload>()!).ToArray();
        deletes.Select(d => d.ProtocolId).Should().BeEquivalentTo([ProtocolId.Ah, ProtocolId.Esp]);
        foreach (var end in new[] { ladder.West, ladder.East })
        {
            end.Endpoint.ChildSas.Should().BeEmpty();
            end.Saw<RemoveChildSa>().Should().HaveCount(2);
        }
    }

    /// <summary>RFC 2408 section 3.15: several SPIs may be in one Delete.</summary>
    [Test]
    public void ManyPairsAreDeletedByOneMessage()
    {
        var ladder = new Ladder();
        for (var i = 0; i < 5; i++)
        {
            ladder.Connect(ladder.West);
        }

        var before = ladder.Wire.Count;
        ladder.Do(ladder.West, new DeleteIkeSa("tunnel"));
        ladder.Wire.Should().HaveCount(before + 2, "one Delete for the IPsec SAs and one for the IKE SA");
        ladder.West.Sent(ExchangeType.Informational).First().Message.Find<DeletePayload>()!.Spis.Should().HaveCount(5);
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
        ladder.East.Saw<RemoveChildSa>().Should().HaveCount(5);
    }

    private static Ladder Play(PolicyPair policies)
    {
        var ladder = new Ladder(policies);
        ladder.Connect(ladder.West);
        return ladder;
    }

    private static Ladder Connect(PolicyPair policies)
    {
        var ladder = Play(policies);
        ladder.West.Endpoint.ChildSas.Should().NotBeEmpty();
        ladder.West.Endpoint.ChildSas.Select(p => (p.Protocol, p.InboundSpi, p.OutboundSpi)).Should()
            .Equal(ladder.East.Endpoint.ChildSas.Select(p => (p.Protocol, p.OutboundSpi, p.InboundSpi)));
        return ladder;
    }

    private static void Refused(Ladder ladder)
    {
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.NoProposalChosen);
        ladder.West.Endpoint.ChildSas.Concat(ladder.East.Endpoint.ChildSas).Should().BeEmpty();
    }

    private static void AllKeysDiffer(Ladder ladder)
    {
        var west = ladder.West.Endpoint.ChildSas;
        var keys = west.SelectMany(p => new[] { p.InboundKeyMaterial, p.OutboundKeyMaterial }).Select(k => Convert.ToHexString(k.Span[..16])).ToArray();
        keys.Should().OnlyHaveUniqueItems("protocol and SPI are in KEYMAT");
        west.Select(p => Convert.ToHexString(p.InboundKeyMaterial.Span))
            .Should().Equal(ladder.East.Endpoint.ChildSas.Select(p => Convert.ToHexString(p.OutboundKeyMaterial.Span)));
    }

    private static SaPayload Offer(Ladder ladder) => ladder.West.Sent(ExchangeType.QuickMode).First().Message.Find<SaPayload>()!;

    private static SaPayload Answer(Ladder ladder) => ladder.East.Sent(ExchangeType.QuickMode).First().Message.Find<SaPayload>()!;
}
