// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Isakmp;
using NUnit.Framework;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class HeaderOracleTests
{
    private static readonly IReadOnlyList<ObservedIke> All = [.. Conversation.Recorded(delete: true).OfType<ObservedIke>()];
    private static readonly IReadOnlyList<ObservedIke> East = [.. All.Where(message => message.From == "east")];

    [Test]
    public void HonestHeadersKeepTheRules()
    {
        HeaderOracle.Fields(All).Should().BeNull();
        HeaderOracle.Reserved(All).Should().BeNull();
        HeaderOracle.EncryptionPadding(All).Should().BeNull();
        HeaderOracle.OwnCookie(East, isInitiator: false).Should().BeNull();
        HeaderOracle.OwnCookie(All.Where(message => message.From == "west"), isInitiator: true).Should().BeNull();
    }

    [Test]
    public void NoMessageProvesNothing()
    {
        HeaderOracle.Fields([]).Should().Be(new Finding("messages to judge", "none"));
        HeaderOracle.Reserved([]).Should().Be(new Finding("messages to judge", "none"));
        HeaderOracle.EncryptionPadding([]).Should().Be(new Finding("encrypted messages to judge", "none"));
        HeaderOracle.OwnCookie([], isInitiator: true).Should().Be(new Finding("one cookie that is not zero", "no message"));
    }

    [TestCase(0x11, "version 0x11")]
    [TestCase(0x20, "version 0x20")]
    [TestCase(0x00, "version 0x00")]
    public void AnotherVersion(byte version, string came) =>
        Fields(1, header => header with { Version = version }).Should().Be(new Finding("version 0x10", $"frame 4: {came}"));

    [TestCase(0x08)]
    [TestCase(0x81)]
    public void UnknownFlags(byte flags) => Fields(1, header => header with { Flags = (IsakmpFlags)flags })
        .Should().Be(new Finding("flags E, C and A only", $"frame 4: flags 0x{flags:x2}"));

    [TestCase(IsakmpFlags.Commit)]
    [TestCase(IsakmpFlags.AuthenticationOnly)]
    public void TheFlagsOfTheRfcAreKnown(IsakmpFlags flag) => Fields(1, header => header with { Flags = header.Flags | flag }).Should().BeNull();

    [TestCase(-1)]
    [TestCase(1)]
    public void AnotherLengthThanTheDatagrams(int more) => Fields(2, header => header with { Length = (uint)(header.Length + more) })!
        .Came.Should().Be($"frame 6: length {East[2].Datagram.Length + more}");

    [Test]
    public void AMessageIdInPhase1() => Fields(0, header => header with { MessageId = 7 })
        .Should().Be(new Finding("message ID 0 in phase 1", "frame 2: message ID 0x00000007"));

    [Test]
    public void AMessageIdInQuickModeIsRight() => East[^1].Header.MessageId.Should().NotBe(0, "it belongs to what is judged as right above");

    [Test]
    public void ACookieThatChanges()
    {
        var changed = East.But(2, message => message.WithHeader(header => header with { ResponderCookie = new Cookie(1) }));
        HeaderOracle.OwnCookie(changed, isInitiator: false)!.Came.Should().Be($"{East[0].Header.ResponderCookie}, 0000000000000001");
        HeaderOracle.OwnCookie(changed, isInitiator: true).Should().BeNull("the other side's cookie stayed");
    }

    [Test]
    public void ACookieOfZero()
    {
        var zero = East.Select(message => message.WithHeader(header => header with { ResponderCookie = default }));
        HeaderOracle.OwnCookie(zero, isInitiator: false)!.Came.Should().Be("0000000000000000");
    }

    [Test]
    public void AReservedOctetOfAPayload([Range(0, 8)] int message)
    {
        var payloads = All[message].Message!.Payloads.Length;
        for (var at = 0; at < payloads; at++)
        {
            var bent = All.But(message, m => m.WithPayloads(list => list.Select((payload, i) => i == at ? payload with { Reserved = 3 } : payload)));
            HeaderOracle.Reserved(bent)!.Came.Should().Be($"frame {message + 1}: {All[message].Message!.Payloads[at].Type.Notation()} > reserved is 0x03");
        }
    }

    [Test]
    public void AReservedFieldOfAProposal() => ReservedIn(message => message.WithProposal(proposal => proposal with { Reserved = 1 }));

    [Test]
    public void AReservedFieldOfATransform() => ReservedIn(message => message.WithTransform(transform => transform with { Reserved = 1 }));

    [Test]
    public void TheSecondReservedFieldOfATransform() => ReservedIn(message => message.WithTransform(transform => transform with { Reserved2 = 0x100 }));

    [Test]
    public void AReservedFieldThatCannotBeSeen() => HeaderOracle.Reserved(East.But(2, Bent.Unread))
        .Should().Be(new Finding("a message that can be read", "frame 6: no key"));

    [TestCase(new byte[] { 1, 0, 0, 0 })]
    [TestCase(new byte[] { 0, 0, 9, 0 })]
    [TestCase(new byte[] { 1, 2, 3, 4 })]
    public void PaddingThatIsNotZero(byte[] padding) => Padded(padding)
        .Should().Be(new Finding("padding of zero octets", $"frame 6: {Convert.ToHexStringLower(padding)}"));

    [TestCase(new byte[] { 0, 0, 0, 5 })]
    [TestCase(new byte[] { 0, 0x41 })]
    [TestCase(new byte[] { 7 })]
    public void ALastOctetThatIsNoPadLength(byte[] padding) => Padded(padding).Should().NotBeNull();

    [TestCase(new byte[] { })]
    [TestCase(new byte[] { 0 })]
    [TestCase(new byte[] { 0, 0, 0 })]
    [TestCase(new byte[] { 0, 0, 2 })]
    [TestCase(new byte[] { 0, 0, 3 })]
    public void PaddingOfZerosPerhapsWithItsLength(byte[] padding) => Padded(padding).Should().BeNull();

    [Test]
    public void PaddingThatCannotBeSeen()
    {
        HeaderOracle.EncryptionPadding(East.But(2, Bent.Unread)).Should().Be(new Finding("a message that can be read", "frame 6: no key"));
        HeaderOracle.EncryptionPadding(East.Take(2)).Should().Be(new Finding("encrypted messages to judge", "none"));
    }

    private static Finding? Fields(int at, Func<IsakmpHeader, IsakmpHeader> change) =>
        HeaderOracle.Fields(East.But(at, message => message.WithHeader(change)));

    private static Finding? Padded(byte[] padding) => HeaderOracle.EncryptionPadding(East.But(2, message => message with { Padding = padding }));

    private static void ReservedIn(Func<ObservedIke, ObservedIke> change)
    {
        foreach (var at in new[] { 0, 1, 6, 7 })
        {
            HeaderOracle.Reserved(All.But(at, change))!.Came
                .Should().Be($"frame {at + 1}: SA > proposal 1 or a transform of it has a reserved field that is not zero");
        }
    }
}
