// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Whatever two sides want, they agree on something both want or on nothing; whatever comes, nobody throws.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Phase2PropertyTests
{
    private static readonly Gen<Phase2Suite> Esp = Gen.Select(
        OneOf(EncryptionAlgorithm.All.Where(e => e.IkeV1EspId is not null).ToArray()),
        OneOf(IntegrityAlgorithm.All.Where(i => i is { IkeV1AuthId: not null, IsForEsp: true }).ToArray()),
        Gen.Int[0, 9],
        (encryption, integrity, bare) => (encryption.IsAead, bare, encryption.KeySize) switch
        {
            (true, _, _) => new Phase2Suite(encryption, null),
            (false, 0, > 0) => Phase2Suite.EspWithoutIntegrity(encryption),
            _ => new Phase2Suite(encryption, integrity),
        });

    private static readonly Gen<Phase2Suite> Suite = Gen.Select(Esp, OneOf(IntegrityAlgorithm.All.Where(i => i.IkeV1AhId is not null).ToArray()), Gen.Int[0, 5], Gen.Int[0, 4], (esp, ah, kind, esn) =>
    {
        var suite = kind switch
        {
            0 => Phase2Suite.Ah(ah),
            1 => Phase2Suite.AhAndEsp(ah, esp),
            _ => esp,
        };
        return suite with { UseEsn = esn == 0 };
    });

    private static readonly Gen<KeyExchangeMethod?> Pfs = OneOf(null, null, KeyExchangeMethod.Named("ECP-256"), KeyExchangeMethod.Named("ECP-384"));

    private static readonly Gen<ChildPolicy> Child = Gen.Select(
        Suite.Array[1, 6],
        Pfs,
        OneOf(ProposalLayout.Transforms, ProposalLayout.Proposals),
        OneOf(LongerLifetime.Notify, LongerLifetime.Shorten),
        Gen.UInt[1, 200000],
        (suites, pfs, layout, longer, life) => new PolicyPair().West.Children[0] with
        {
            Suites = [.. suites],
            Pfs = pfs,
            Layout = layout,
            LongerLifetime = longer,
            LifetimeSeconds = life,
            LifetimeKilobytes = life % 3 == 0 ? life * 10ul : null,
        });

    [Test]
    public void TwoPoliciesAgreeExactlyWhenTheyHaveSomethingInCommon() =>
        Gen.Select(Child, Child).Sample(
            (west, east) =>
            {
                var pair = new PolicyPair();
                var ladder = new Ladder(pair
                    .OfWest(_ => west)
                    .OfEast(c => east with { LocalSelector = c.LocalSelector, RemoteSelector = c.RemoteSelector }));
                ladder.Connect(ladder.West);
                var expected = west.Pfs == east.Pfs ? west.Suites.FirstOrDefault(east.Suites.Contains) : null;
                if (expected is null)
                {
                    ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.NoProposalChosen);
                    ladder.West.Saw<ExchangeFailed>().Should().ContainSingle();
                    ladder.West.Endpoint.ChildSas.Concat(ladder.East.Endpoint.ChildSas).Should().BeEmpty();
                    return;
                }

                foreach (var side in new[] { ladder.West, ladder.East })
                {
                    side.Endpoint.ChildSas.Select(p => (p.Protocol, p.Encryption, p.Integrity, p.UseEsn)).Should().Equal(expected.Protocols.Select(protocol => protocol == IpsecProtocol.Ah
                        ? (protocol, null, expected.AhIntegrity, expected.UseEsn)
                        : (protocol, expected.Encryption, expected.Integrity, expected.UseEsn)));
                }

                ladder.West.Endpoint.ChildSas.Select(p => Convert.ToHexString(p.OutboundKeyMaterial.Span))
                    .Should().Equal(ladder.East.Endpoint.ChildSas.Select(p => Convert.ToHexString(p.InboundKeyMaterial.Span)));
                ladder.East.Endpoint.ChildSas.Should().OnlyContain(p => p.LifetimeSeconds == Math.Min(west.LifetimeSeconds, east.LifetimeSeconds));
            },
            iter: 300);

    /// <summary>Garbage under a right HASH: any bytes for the SA, nonce, KE and identities of either message.</summary>
    [Test]
    public void GarbageInQuickModeNeverThrows() =>
        Gen.Select(Gen.Int[7, 9], Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 3], Gen.Byte.Array[0, 30]).Sample(
            (message, at, value, cut, insert) =>
            {
                var bend = new Bend(message, "garbage")
                {
                    Plain = plain =>
                    {
                        plain[at % plain.Length] = value;
                        var from = at % plain.Length;
                        return cut switch
                        {
                            0 => plain,
                            1 => plain[..from],
                            2 => [.. plain[..from], .. insert, .. plain[from..]],
                            _ => [.. plain[..Math.Min(36, plain.Length)], .. insert],
                        };
                    },
                };
                NothingIsHalfDone(bend);
            },
            iter: 400);

    /// <summary>SA payloads of any proposals, transforms and attributes, well formed and covered by the HASH.</summary>
    [Test]
    public void AnyOfferIsAnsweredOrRefused() =>
        Gen.Select(OneOf(7, 8), Proposals, Gen.Bool, Gen.Bool).Sample(
            (message, proposals, keepFirst, pfs) =>
            {
                var bend = new Bend(message, "any proposals")
                {
                    Payloads = payloads => payloads.Replace(
                        payloads.OfType<SaPayload>().Single(),
                        payloads.OfType<SaPayload>().Single() is var sa ? sa with { Proposals = [.. keepFirst ? sa.Proposals : [], .. proposals] } : null!),
                };
                NothingIsHalfDone(bend, pfs ? new PolicyPair().WithChild("AES-GCM-16-128", null, "ECP-256") : null);
            },
            iter: 400);

    private static Gen<T> OneOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static Gen<Proposal[]> Proposals
    {
        get
        {
            var attribute = Gen.Select(Gen.Int[0, 17], Gen.Int[0, 15], Gen.Bool, Gen.Byte.Array[0, 9], (type, small, basic, wide) =>
                basic ? DataAttributes.Basic(type, small) : DataAttributes.Variable(type, wide));
            var transform = Gen.Select(Gen.Byte, Gen.Byte[1, 24], attribute.Array[0, 8], (number, id, attributes) => new Transform(number, id, [.. attributes]));
            var proposal = Gen.Select(Gen.Byte[1, 3], Gen.Byte[1, 5], Gen.Byte.Array[0, 5], transform.Array[0, 4], (number, protocol, spi, transforms) =>
                new Proposal(number, (ProtocolId)protocol, spi, [.. transforms]));
            return proposal.Array[0, 5];
        }
    }

    private static void NothingIsHalfDone(Bend bend, PolicyPair? policies = null)
    {
        var ladder = new Ladder(policies, seams: bend);
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.West.Endpoint.ChildSas.Select(p => (p.InboundSpi, Convert.ToHexString(p.InboundKeyMaterial.Span)))
            .Should().Equal(ladder.East.Endpoint.ChildSas.Select(p => (p.OutboundSpi, Convert.ToHexString(p.OutboundKeyMaterial.Span))));
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            (side.Saw<InstallChildSa>().Count() - side.Saw<InstallChildSa>().Count(i => side.Saw<RemoveChildSa>().Any(r => r.Pair == i.Pair)))
                .Should().Be(side.Endpoint.ChildSas.Count);
        }
    }

    private static class DataAttributes
    {
        public static Wire.V1.DataAttribute Basic(int type, int value) => Wire.V1.DataAttribute.Basic((ushort)type, (ushort)value);

        public static Wire.V1.DataAttribute Variable(int type, byte[] value) => Wire.V1.DataAttribute.Variable((ushort)type, value);
    }
}
