// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using FluentAssertions;
using Ipsec.Faults;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Fixtures.Judgement.Tests.Observation;

/// <summary>The first witness reads everything with the keys alone, and says what it cannot read.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WireObserverTests
{
    [Test]
    public void EveryMessageIsReadWithTheKey()
    {
        var frames = Conversation.Recorded(pfs: "ECP-256", delete: true);
        frames.Select(frame => frame.Number).Should().Equal(Enumerable.Range(1, frames.Count));
        frames.OfType<ObservedIke>().Select(Line).Should().Equal(
            "west>east Identity Protection #1 SA",
            "east>west Identity Protection #2 SA",
            "west>east Identity Protection #3 KE, NONCE",
            "east>west Identity Protection #4 KE, NONCE",
            "west>east Identity Protection #5 ID, HASH",
            "east>west Identity Protection #6 ID, HASH",
            "west>east Quick Mode #1 HASH, SA, NONCE, KE, ID, ID",
            "east>west Quick Mode #2 HASH, SA, NONCE, KE, ID, ID",
            "west>east Quick Mode #3 HASH",
            "west>east Informational #1 HASH, D");
        frames.OfType<ObservedIke>().Should().OnlyContain(ike => ike.Problem == null && !ike.IsRepeat);
    }

    [Test]
    public void IdentitiesAndPaddingAreDecrypted()
    {
        var messages = Conversation.Recorded().OfType<ObservedIke>().ToArray();
        messages.Skip(4).Take(2).Select(message => $"{message.Message!.Find<IdentificationPayload>()}")
            .Should().Equal("west.conformance.example", "east.conformance.example");
        messages.Take(4).Should().OnlyContain(message => message.Padding == null);
        foreach (var message in messages.Skip(4))
        {
            message.Padding!.Value.ToArray().Should().OnlyContain(octet => octet == 0).And.HaveCountLessThan(16);
        }
    }

    [TestCase("AES-GCM-16-128", null)]
    [TestCase("AES-CBC-128", "HMAC-SHA2-256-128")]
    public void EspIsOpenedWithTheNegotiatedKeys(string encryption, string? integrity)
    {
        var esp = Conversation.Recorded(encryption, integrity, echoes: 3).OfType<ObservedEsp>().ToArray();
        esp.Should().HaveCount(6).And.OnlyContain(frame => frame.Inspection!.IsIcvValid && frame.Sa!.Spi == frame.Header.Spi);
        esp.Where(frame => frame.From == "west").Select(frame => frame.Echo).Should().Equal(Echoes(isReply: false));
        esp.Where(frame => frame.From == "east").Select(frame => frame.Echo).Should().Equal(Echoes(isReply: true));

        static IEnumerable<IcmpEcho?> Echoes(bool isReply) => Enumerable.Range(1, 3).Select(number => (IcmpEcho?)new IcmpEcho(isReply, 7, (ushort)number));
    }

    [Test]
    public void StepTimeAndBytesAreThoseOfTheFrame()
    {
        using var conversation = Talk();
        var observed = conversation.Observe();
        observed.Select(frame => (frame.Time, frame.Step, frame.Bytes)).Should().Equal(conversation.Frames.Select(raw => (raw.Time, raw.Step, raw.Bytes)));
    }

    [Test]
    public void WithoutTheKeyEncryptedMessagesStayUnread()
    {
        using var conversation = Talk();
        var messages = Conversation.Observe(conversation.Frames, WireKeys.None).OfType<ObservedIke>().ToArray();
        messages.Where(message => message.Message is not null).Select(message => message.Number).Should().Equal(1, 2, 3, 4);
        messages.Skip(4).Should().OnlyContain(message => message.Problem == "no key" && message.PayloadNames == "unreadable");
        Conversation.Observe(conversation.Frames, WireKeys.None).OfType<ObservedEsp>()
            .Should().NotBeEmpty().And.OnlyContain(frame => frame.Sa == null && frame.Inspection == null && frame.Echo == null);
    }

    [Test]
    public void AWrongKeyIsAProblemOfEveryEncryptedMessage()
    {
        using var conversation = Talk();
        var messages = Observe(conversation, WithIkeKey(conversation, key => key[0] ^= 1));
        messages.Skip(4).Should().OnlyContain(message => message.Message == null && message.Problem!.StartsWith("does not decrypt with this key"));
        messages.Take(4).Should().OnlyContain(message => message.Problem == null);
    }

    [TestCase(0)]
    [TestCase(15)]
    [TestCase(32)]
    public void AKeyOfAnotherSizeThanTheTransformSaysIsAProblem(int size)
    {
        using var conversation = Talk();
        var keys = conversation.Keys;
        var messages = Observe(conversation, keys with { Ike = keys.Ike.SetItem(keys.Ike.Keys.Single(), new byte[size]) });
        messages.Skip(4).Should().OnlyContain(message => message.Message == null && message.Problem == $"a key of {size} octets for AES-CBC-128");
    }

    [Test]
    public void AnUnknownCipherInTheChosenTransformIsAProblem()
    {
        using var conversation = Talk();
        var frames = conversation.Frames.ToList();
        var answer = conversation.Observe().OfType<ObservedIke>().ElementAt(1);
        var sa = answer.Message!.Find<SaPayload>()!;
        var proposal = sa.Proposals[0];
        var other = proposal.Transforms[0] with { Attributes = [DataAttribute.Basic(Phase1Attribute.EncryptionAlgorithm, 99)] };
        var changed = answer.Message with { Payloads = [sa with { Proposals = [proposal with { Transforms = [other] }] }] };
        frames[1] = Conversation.Ike(fromWest: false, changed.Encode());
        Conversation.Observe(frames, conversation.Keys).OfType<ObservedIke>().Skip(4).Should().OnlyContain(message => message.Problem == "no key");
    }

    [Test]
    public void ARepetitionHasItsOriginalsOrdinal([Range(1, 6)] int number)
    {
        using var conversation = new Conversation(fault: new FlowFault(
            "twice", new(ExchangeType.IdentityProtection, number), FlowOperation.Duplicate, 1, "RFC2408-5.1-03", []));
        conversation.QuickModes("net");
        var mainMode = conversation.Observe().OfType<ObservedIke>().Where(m => m.Header.ExchangeType == ExchangeType.IdentityProtection).ToArray();
        mainMode.Where(message => !message.IsRepeat).Select(message => message.Ordinal).Should().Equal(1, 2, 3, 4, 5, 6);

        // What west sends twice is seen twice; what it receives twice is seen once, for it is doubled behind the wire.
        var repeated = mainMode.Where(message => message.IsRepeat).ToArray();
        repeated.Where(message => message.Message is null || message.Problem is not null).Should().BeEmpty();
        repeated.Where(message => message.From == "west").Select(message => message.Ordinal).Should().Equal(number % 2 == 1 ? [number] : []);
    }

    [Test]
    public void ARepeatedFrameIsReadLikeItsOriginal()
    {
        using var conversation = Talk();
        var frames = conversation.Frames.SelectMany(frame => new[] { frame, frame });
        var messages = Conversation.Observe(frames, conversation.Keys).OfType<ObservedIke>().ToArray();
        foreach (var pair in messages.Chunk(2))
        {
            (pair[0].IsRepeat, pair[1].IsRepeat).Should().Be((false, true));
            pair[1].Ordinal.Should().Be(pair[0].Ordinal);
            pair[1].PayloadNames.Should().Be(pair[0].PayloadNames).And.NotBe("unreadable");
            pair[1].Padding.HasValue.Should().Be(pair[0].Padding.HasValue);
        }
    }

    [Test]
    public void InterleavedQuickModesEachHaveTheirOwnIv()
    {
        using var conversation = new Conversation();
        conversation.QuickModes("net", "other");
        var quick = conversation.Observe().OfType<ObservedIke>().Where(m => m.Header.ExchangeType == ExchangeType.QuickMode).ToArray();
        quick.Select(message => message.Ordinal).Should().Equal([1, 1, 2, 2, 3, 3], "the exchanges must be interleaved for this to show anything");
        quick.Select(message => message.Header.MessageId).Distinct().Should().HaveCount(2);
        quick.Should().OnlyContain(message => message.Problem == null);
        quick.Select(message => message.PayloadNames).Distinct().Should().Equal("HASH, SA, NONCE, ID, ID", "HASH");
    }

    [Test]
    public void CiphertextThatIsNotWholeBlocksIsAProblem()
    {
        using var conversation = Talk();
        var five = conversation.Observe().OfType<ObservedIke>().ElementAt(4);
        foreach (var cut in new[] { five.Datagram[..^1], five.Datagram[..IsakmpHeader.Size] })
        {
            RawFrame[] frames = [.. conversation.Frames.Take(4), Conversation.Ike(fromWest: true, cut.Span)];
            Conversation.Observe(frames, conversation.Keys).OfType<ObservedIke>().Last().Problem.Should().Be("not whole cipher blocks");
        }
    }

    [Test]
    public void AClearMessageThatDoesNotParseSaysWhere()
    {
        using var conversation = Talk();
        var one = conversation.Observe().OfType<ObservedIke>().First();
        var observed = (ObservedIke)Conversation.Observe([Conversation.Ike(fromWest: true, one.Datagram.Span[..^1])], conversation.Keys).Single();
        observed.Message.Should().BeNull();
        observed.Problem.Should().Contain("ISAKMP header > length");
    }

    [Test]
    public void AFrameOfNeitherGatewayKeepsItsAddresses()
    {
        var frame = Conversation.Observe([Conversation.Frame(Conversation.EastHost, Conversation.WestHost, IpProtocol.Icmp, [8, 0, 0, 0])], WireKeys.None).Single();
        frame.Should().BeOfType<ObservedOther>().Which.Description.Should().Be("Icmp, 4 bytes");
        (frame.From, frame.To).Should().Be(("198.19.0.7", "198.18.0.5"));
    }

    [Test]
    public void UdpOfAnotherPortIsNotIke()
    {
        using var conversation = Talk();
        var one = conversation.Observe().OfType<ObservedIke>().First();
        Conversation.Observe([Conversation.Ike(fromWest: true, one.Datagram.Span, port: 501)], WireKeys.None).Single().Should().BeOfType<ObservedOther>();
    }

    [Test]
    public void EspOfAnSpiThatNobodyNegotiatedHasNoSa()
    {
        using var conversation = Talk();
        var bytes = conversation.Frames[^1].Bytes.ToArray();
        bytes[EthernetHeader.Size + Ipv4Header.MinSize] ^= 0x80;
        var esp = (ObservedEsp)Conversation.Observe([conversation.Frames[^1] with { Bytes = bytes }], conversation.Keys).Single();
        (esp.Sa, esp.Inspection, esp.Echo).Should().Be((null, null, null));
    }

    [TestCase("AES-GCM-16-128", null, false)]
    [TestCase("AES-CBC-128", "HMAC-SHA2-256-128", true)]
    public void EspWithAWrongIcvIsNotTrusted(string encryption, string? integrity, bool decrypts)
    {
        using var conversation = Talk(encryption, integrity);
        var bytes = conversation.Frames[^1].Bytes.ToArray();
        bytes[^1] ^= 1;
        var esp = (ObservedEsp)Conversation.Observe([conversation.Frames[^1] with { Bytes = bytes }], conversation.Keys).Single();
        (esp.Inspection is not null).Should().Be(decrypts);
        (esp.Inspection?.IsIcvValid ?? false).Should().BeFalse();
        esp.Echo.Should().BeNull();
    }

    private static Conversation Talk(string esp = "AES-GCM-16-128", string? integrity = null)
    {
        var conversation = new Conversation(esp, integrity);
        conversation.QuickModes("net");
        conversation.Ping(1);
        return conversation;
    }

    private static ObservedIke[] Observe(Conversation conversation, WireKeys keys) =>
        [.. Conversation.Observe(conversation.Frames, keys).OfType<ObservedIke>()];

    private static WireKeys WithIkeKey(Conversation conversation, Action<byte[]> change)
    {
        var keys = conversation.Keys;
        return keys with { Ike = keys.Ike.ToImmutableDictionary(pair => pair.Key, pair => Changed(pair.Value, change)) };
    }

    private static ReadOnlyMemory<byte> Changed(ReadOnlyMemory<byte> bytes, Action<byte[]> change)
    {
        var copy = bytes.ToArray();
        change(copy);
        return copy;
    }

    private static string Line(ObservedIke ike) => $"{ike.From}>{ike.To} {ike.ExchangeName} #{ike.Ordinal} {ike.PayloadNames}";
}
