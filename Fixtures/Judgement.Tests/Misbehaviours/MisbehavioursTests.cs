// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Fixtures.Judgement.Tests.Misbehaving;

/// <summary>Each sign is seen in a message that has been bent so, and in none of an honest conversation.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MisbehavioursTests
{
    private static readonly Lazy<ImmutableArray<ObservedIke>> Honest = new(() => [.. Conversation.Recorded(delete: true).OfType<ObservedIke>()]);

    /// <summary>What consists in silence has no message of its own: its sign is the exchange in which it happens.</summary>
    private static readonly string[] Silent =
    [
        Misbehaviours.NoXauthRequest, Misbehaviours.NoDelete, Misbehaviours.NeverRepeats,
    ];

    private static IEnumerable<string> Visible => Misbehaviours.Names.Except(Silent).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Visible))]
    public void AnHonestConversationShowsNone(string words) => Misbehaviours.Find(words).Sign(Honest.Value).Should().BeNull();

    [Test]
    public void UnknownWordsAreRefused() => FluentActions.Invoking(() => Misbehaviours.Find("is rude")).Should().Throw<ArgumentException>().WithMessage("*is rude*");

    [TestCase(Misbehaviours.NoKey, null)]
    [TestCase(Misbehaviours.EmptyKey, "")]
    [TestCase(Misbehaviours.ZeroKey, "0000")]
    [TestCase(Misbehaviours.OtherKey, "0505")]
    public void KeyExchange(string words, string? value) => Shows(words, ExchangeType.IdentityProtection, 4, payloads =>
        payloads.SelectMany(payload => payload is not KeyExchangePayload ? [payload] : value is null ? Array.Empty<Payload>() : [new KeyExchangePayload(Convert.FromHexString(value))]));

    [TestCase(Misbehaviours.NoQuickModeHash, null)]
    [TestCase(Misbehaviours.EmptyQuickModeHash, "")]
    [TestCase(Misbehaviours.WrongQuickModeHash, "070707")]
    public void Hash(string words, string? value) => Shows(words, ExchangeType.QuickMode, 2, payloads =>
        payloads.SelectMany(payload => payload is not HashPayload ? [payload] : value is null ? Array.Empty<Payload>() : [new HashPayload(Convert.FromHexString(value))]));

    [TestCase(Misbehaviours.NoIkeKeyLength, ExchangeType.IdentityProtection, 14, 0)]
    [TestCase(Misbehaviours.TwoIkeKeyLengths, ExchangeType.IdentityProtection, 14, 2)]
    [TestCase(Misbehaviours.WrongIkeKeyLength, ExchangeType.IdentityProtection, 14, 1)]
    [TestCase(Misbehaviours.NoChildKeyLength, ExchangeType.QuickMode, 6, 0)]
    [TestCase(Misbehaviours.TwoChildKeyLengths, ExchangeType.QuickMode, 6, 2)]
    [TestCase(Misbehaviours.WrongChildKeyLength, ExchangeType.QuickMode, 6, 1)]
    public void KeyLength(string words, ExchangeType exchange, int attribute, int count) => Shows(words, exchange, 2, payloads => payloads.Select(payload =>
        payload is not SaPayload sa ? payload : sa with
        {
            Proposals =
            [
                .. sa.Proposals.Select(proposal => proposal with
                {
                    Transforms =
                    [
                        .. proposal.Transforms.Select(transform => transform with
                        {
                            Attributes =
                            [
                                .. transform.Attributes.Where(a => a.Type != attribute),
                                .. Enumerable.Repeat(DataAttribute.Basic((ushort)attribute, 100), count),
                            ],
                        }),
                    ],
                }),
            ],
        }));

    [Test]
    public void LargeVendorId() => Shows(
        Misbehaviours.LargeVendorId, ExchangeType.IdentityProtection, 4, payloads => payloads.Append(new VendorIdPayload(new byte[1500])));

    [TestCase(Misbehaviours.BogusFlag)]
    [TestCase(Misbehaviours.ZeroResponderCookie)]
    public void Headers(string words)
    {
        var bent = Honest.Value.Select(m => m is { From: "east", Ordinal: 2, Header.ExchangeType: ExchangeType.IdentityProtection }
            ? m with
            {
                Header = words == Misbehaviours.BogusFlag ? m.Header with { Flags = (IsakmpFlags)0x40 } : m.Header with { ResponderCookie = default },
            }
            : m);
        Misbehaviours.Find(words).Sign([.. bent])!.Number.Should().Be(2);
    }

    [Test]
    public void ARepetition()
    {
        var repeated = Honest.Value.Select(m => m is { From: "east", Ordinal: 4 } ? m with { IsRepeat = true } : m);
        Misbehaviours.Find(Misbehaviours.EveryMessageTwice).Sign([.. repeated])!.Ordinal.Should().Be(4);
    }

    [Test]
    public void GoingOnAndErrorsAreFound()
    {
        var messages = Honest.Value;
        var second = messages.First(m => m is { From: "east", Ordinal: 2 });
        new OffenceOracle(messages, second).DoesNotGoOn()!.Came.Should().StartWith("frame 3");
        var last = messages.Last(m => m is { From: "east", Header.ExchangeType: ExchangeType.IdentityProtection });
        new OffenceOracle(messages, last).DoesNotGoOn().Should().BeNull();
        new OffenceOracle(messages, last).TellsNothingBut([]).Should().BeNull();

        var error = new NotificationPayload(1, ProtocolId.Isakmp, default, NotifyType.PayloadMalformed, default);
        ObservedIke[] told =
        [
            .. messages,
            second with { Number = 99, From = "west", Header = second.Header with { ExchangeType = ExchangeType.Informational }, Message = new IsakmpMessage(second.Header, [error]) },
        ];
        new OffenceOracle(told, last).TellsNothingBut([NotifyType.PayloadMalformed]).Should().BeNull();
        new OffenceOracle(told, last).TellsNothingBut([NotifyType.InvalidFlags])!.Came.Should().Be("frame 99: PayloadMalformed");
    }

    private static void Shows(string words, ExchangeType exchange, int ordinal, Func<IEnumerable<Payload>, IEnumerable<Payload>> bend)
    {
        var bent = Honest.Value.Select(m => m.From == "east" && m.Ordinal == ordinal && m.Header.ExchangeType == exchange
            ? m with { Message = m.Message! with { Payloads = [.. bend(m.Message.Payloads)] } }
            : m);
        var sign = Misbehaviours.Find(words).Sign([.. bent]);
        sign.Should().NotBeNull();
        (sign!.Ordinal, sign.Header.ExchangeType).Should().Be((ordinal, exchange));
    }
}
