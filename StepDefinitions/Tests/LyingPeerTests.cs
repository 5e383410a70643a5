// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Gateway;
using Ipsec.Ike.V1;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.StepDefinitions.Tests;

/// <summary>The claims can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LyingPeerTests
{
    private const ExchangeType MainMode = ExchangeType.IdentityProtection;
    private const ExchangeType QuickMode = ExchangeType.QuickMode;
    private const string Phase1 = "When west starts phase 1 in main mode";
    private const string Tunnel = "Given a tunnel between the networks behind west and east";
    private const string Ping = "When a host behind west pings a host behind east 2 times";

    private const string Headers =
        "Then every header from east has version 1.0, known flags, its true length and, in phase 1, message ID 0";
    private const string SaShape =
        "Then every SA payload from east names the IPsec DOI, the identity-only situation and one ISAKMP proposal of KEY_IKE transforms";
    private const string Unchanged = "Then message 2 holds one transform of message 1, its attributes unchanged";
    private const string Readable = "Then an observer who has only the encryption key reads every message";
    private const string OnePair = "Then both sides hold one pair of ESP SAs with matching SPIs";

    private static IEnumerable<TestCaseData> MessageLies =>
    [
        Case("a header of version 1.1", Datagram(2, bytes => bytes[17] = 0x11), Headers, "version 0x11"),
        Case("a flag that nobody knows", Datagram(2, bytes => bytes[19] |= 0x10), Headers, "flags 0x10"),
        Case("another cookie in message 4", Datagram(4, bytes => bytes[8] ^= 1), "Then east's cookie is not zero and stays the same", ", "),
        Case(
            "a reserved octet",
            BentMessages.Each<SaPayload>(MainMode, 2, sa => sa with { Reserved = 9 }),
            "Then every reserved field from east is zero",
            "SA > reserved is 0x09"),
        Case(
            "padding that is not zero",
            new BentMessages(MainMode, 6) { Plain = plain => [.. plain, 1, 2, 3] },
            "Then the padding of every encrypted message from east is zero",
            "010203"),
        Case("message 6 under another key", Datagram(6, bytes => bytes[30] ^= 1), Readable, "does not decrypt"),
        Case("another DOI", BentMessages.Each<SaPayload>(MainMode, 2, sa => sa with { Doi = 2 }), SaShape, "DOI 2"),
        Case(
            "a basic attribute in the long form",
            BentMessages.Transforms(MainMode, 2, Long),
            "Then basic attributes from east are of the short form",
            "as type, length, value"),
        Case("another key length than offered", BentMessages.Transforms(MainMode, 2, KeyLength256), Unchanged, "14=256"),
        Case(
            "its identity in clear",
            new BentMessages(MainMode, 2) { Payloads = p => [.. p, new VendorIdPayload(Encoding.ASCII.GetBytes(Play.EastIdentity))] },
            "Then neither identity appears in clear in any frame",
            "frame 2 has it"),
        Case(
            "another identity",
            BentMessages.Each<IdentificationPayload>(MainMode, 6, _ => IdentificationPayload.Fqdn("north.conformance.example")),
            "Then the identities decrypt to those that the policies name",
            "east: north.conformance.example"),
        Case(
            "a public value too long",
            BentMessages.Each<KeyExchangePayload>(MainMode, 4, ke => new KeyExchangePayload((byte[])[.. ke.PublicValue.Span, 0])),
            "Then every public value is as long as ECP-256 demands",
            "65 octets"),
        Case("no answer that west could use", Datagram(2, bytes => bytes[27] ^= 1), "Then phase 1 is established", "no IKE SA"),
    ];

    private static IEnumerable<TestCaseData> ListingLies =>
    [
        Listing("no IKE SA", sas => sas with { IkeSas = [] }, "Then phase 1 is established", "no IKE SA"),
        Listing(
            "a half open IKE SA",
            sas => sas with { IkeSas = [.. sas.IkeSas.Select(sa => sa with { IsEstablished = false })] },
            "Then phase 1 is established",
            "half open"),
        Listing(
            "another cookie",
            sas => sas with { IkeSas = [.. sas.IkeSas.Select(sa => sa with { ResponderCookie = new(7) })] },
            "Then both sides hold an established IKE SA with the same cookies",
            "0000000000000007 established"),
        Listing(
            "two IKE SAs",
            sas => sas with { IkeSas = [.. sas.IkeSas, .. sas.IkeSas] },
            "Then both sides hold one established IKE SA with the same cookies",
            ", "),
        Listing("no ESP SA", sas => sas with { ChildSas = [] }, OnePair, "no ESP SA"),
        Listing(
            "SPIs the wrong way round",
            sas => sas with { ChildSas = [.. sas.ChildSas.Select(p => p with { InboundSpi = p.OutboundSpi, OutboundSpi = p.InboundSpi })] },
            OnePair,
            "net: "),
        Listing("an IKE SA where there should be none", sas => sas, "Then no side holds an established IKE SA", "1"),
        Listing("an ESP SA where there should be none", sas => sas, "Then no side holds an ESP SA", "1"),
    ];

    [TestCaseSource(nameof(MessageLies))]
    public async Task AClaimAboutPhase1Fails(object messages, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = (IOutboundSeams)messages });
        await play.StepAsync(Phase1);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [TestCaseSource(nameof(ListingLies))]
    public async Task AClaimAboutSasFails(Func<PeerSas, PeerSas> listing, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = listing });
        await play.StepAsync("When west starts quick mode");
        play.Scene.WaitUntil(() => play.Scene.Bed.West.ChildSas.Count == 1).Should().BeTrue();
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task AnEspSaThatStaysAfterDelete()
    {
        var kept = new List<PeerChildSa>();
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => Keep(sas, kept) });
        await play.StepsAsync(Tunnel, "When west deletes the pair of ESP SAs");
        (await play.FailingStepAsync("Then no side holds an ESP SA")).Legal.Should().Be("no ESP SA on east's side");
    }

    [Test]
    public async Task ADeleteOfAnotherSpi()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<DeletePayload>(ExchangeType.Informational, 1, delete => delete with { Spis = [new byte[] { 1, 2, 3, 4 }] }),
        });
        await play.StepsAsync(Tunnel, "When east deletes the pair of ESP SAs");
        (await play.FailingStepAsync("Then east sends one Delete for ESP under the IKE SA, with the SPI on which it received")).Came.Should().EndWith("01020304");
    }

    [Test]
    public async Task AnotherErrorThanNoProposalChosen()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<NotificationPayload>(ExchangeType.Informational, 1, n => n with { NotifyType = NotifyType.PayloadMalformed }),
        });
        await play.StepAsync("Given east offers or accepts for phase 1", "encryption|hash|group", "AES-CBC-256|HMAC-SHA1|MODP-2048");
        await play.StepAsync(Phase1);
        (await play.FailingStepAsync("Then east notifies the other side of NO-PROPOSAL-CHOSEN, in clear")).Came.Should().Contain("(PayloadMalformed)");
    }

    [Test]
    public async Task NoRefusalAtAll()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync(Phase1);
        (await play.FailingStepAsync("Then east says that it cannot accept the message it received")).Came.Should().StartWith("west: Identity Protection");
    }

    [Test]
    public async Task PayloadsOfQuickModeInAnotherOrder()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(QuickMode, 2) { Payloads = payloads => payloads.OrderBy(payload => payload is SaPayload) },
        });
        await play.StepAsync("When west starts quick mode");
        var failure = await play.FailingStepAsync(
            "Then these messages cross the wire after phase 1, in this order", "from|exchange|encrypted|payloads",
            "west|Quick Mode|yes|HASH, SA, NONCE, ID, ID", "east|Quick Mode|yes|HASH, SA, NONCE, ID, ID", "west|Quick Mode|yes|HASH");
        failure.Came.Should().EndWith("SA").And.StartWith("frame 8: east: Quick Mode, encrypted, HASH, ");
    }

    [Test]
    public async Task ATransformWithoutTheGroup()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Transforms(
                QuickMode, 2, t => t with { Attributes = t.Attributes.RemoveAll(a => a.Type == (ushort)Phase2Attribute.GroupDescription) }),
        });
        await play.StepsAsync("Given phase 2 uses perfect forward secrecy in ECP-256", "When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then every transform of the quick mode names ECP-256")).Came.Should().StartWith("frame 8: ");
    }

    [Test]
    public async Task NoAnswerToAPing()
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = _ => [] });
        await play.StepsAsync(Tunnel, Ping);
        (await play.FailingStepAsync("Then every ping is answered")).Came.Should().StartWith("0; frames: 10 ESP ");
    }

    [TestCase("Then the ESP frames from east are numbered 1, 2", "1, 1")]
    [TestCase("Then no two ESP frames from east have the same IV", "have IV")]
    public async Task ThePacketBeforeSentAgainInsteadOfANewOne(string claim, string came)
    {
        byte[]? first = null;
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [first ??= packet] });
        await play.StepsAsync(Tunnel, Ping);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [TestCase("Then the frames on the wire are ESP between the gateways only", "Icmp, ")]
    [TestCase("Then neither inner address nor payload appears in clear in any frame", "has it at octet")]
    public async Task APacketInClear(string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [packet, Clear(new(BedAddresses.First, IPAddress.Loopback))] });
        await play.StepsAsync(Tunnel, Ping, "Then every ping is answered");
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task AnAnswerToTheBadFrame()
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [packet, packet] });
        await play.StepsAsync(Tunnel, "When a host behind west pings a host behind east 1 time");
        await play.StepsAsync("When an ESP frame with a new echo request is sent with one bit flipped in the IV", "When a host behind west pings a host behind east 1 time");
        (await play.FailingStepAsync("Then the bad frame was not answered, and the good one behind it was")).Came.Should().Contain("reply to echo");
    }

    [Test]
    public async Task AnAnswerAfterTheDelete()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(
            Tunnel, "Given a ping from behind west to behind east was answered", "When an ESP frame with a new echo request is held back",
            "When west deletes the pair of ESP SAs", "When the frame that was held back is sent once east has no ESP SA");
        var reply = play.Scene.EspFrames.Last(frame => frame.From == "east").Bytes[EthernetHeader.Size..].ToArray();
        play.Scene.Inject(reply);
        await play.StepsAsync("When the tunnel is set up again", "When a host behind west pings a host behind east 1 time");
        (await play.FailingStepAsync("Then the bad frame was not answered, and the good one behind it was")).Came.Should().Contain("reply to echo");
    }

    [Test]
    public async Task ARepetitionThatIsAnother()
    {
        await using var play = await Play.OpenAsync(new Lie { Datagrams = ChangeRepetitions() });
        await play.StepsAsync("Given main mode message 6 is lost once", Phase1);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then what east had to send again it sent again octet for octet")).Came.Should().StartWith("7 different ones: ");
    }

    [Test]
    public async Task AnotherAnswerToADuplicate()
    {
        await using var play = await Play.OpenAsync(new Lie { Datagrams = ChangeRepetitions() });
        await play.StepsAsync("Given main mode message 3 arrives twice", Phase1, "Then phase 1 is established");
        (await play.FailingStepAsync("Then every answer to the duplicate equals the first answer")).Came.Should().StartWith("7 different ones: ");
    }

    [Test]
    public async Task AFaultThatWasNotAppliedShowsNothing()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync("Given quick mode message 2 is lost once", Phase1, "Then phase 1 is established");
        await FluentActions.Awaiting(() => play.StepAsync("Then every answer to the duplicate equals the first answer"))
            .Should().ThrowAsync<Fixtures.Rig.Run.EnvironmentException>().WithMessage("*applied 0 times instead of 1*");
    }

    [Test]
    public async Task AControlThatFailsMakesANegativeScenarioVoid()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { IkeSas = [] } }, "negative");
        await play.StepAsync("Given east has another pre-shared key than west");
        await FluentActions.Awaiting(() => play.StepAsync(Phase1))
            .Should().ThrowAsync<Fixtures.Rig.Run.EnvironmentException>().WithMessage("the control failed*");
    }

    private static TestCaseData Case(string lie, IOutboundSeams messages, string claim, string came) =>
        new TestCaseData(messages, claim, came).SetArgDisplayNames(lie);

    private static TestCaseData Listing(string lie, Func<PeerSas, PeerSas> listing, string claim, string came) =>
        new TestCaseData(listing, claim, came).SetArgDisplayNames(lie);

    private static BentMessages Datagram(int number, Action<byte[]> change) => new(MainMode, number)
    {
        Datagram = datagram =>
        {
            var bent = datagram.ToArray();
            change(bent);
            return bent;
        },
    };

    /// <summary>Sends the last octet of whatever was sent before as another one.</summary>
    private static Func<byte[], byte[]> ChangeRepetitions()
    {
        var sent = new HashSet<string>();
        return datagram =>
        {
            if (!sent.Add(Convert.ToHexString(datagram)))
            {
                datagram[^1] ^= 1;
            }

            return datagram;
        };
    }

    private static PeerSas Keep(PeerSas sas, List<PeerChildSa> kept)
    {
        kept.AddRange(sas.ChildSas.Except(kept));
        return sas with { ChildSas = [.. kept] };
    }

    private static Transform Long(Transform transform) =>
        transform with { Attributes = [.. transform.Attributes.Select(attribute => DataAttribute.Variable(attribute.Type, attribute.Value))] };

    private static Transform KeyLength256(Transform transform) => transform with
    {
        Attributes = [.. transform.Attributes.Select(a => a.Type == (ushort)Phase1Attribute.KeyLength ? DataAttribute.Basic(a.Type, 256) : a)],
    };

    private static byte[] Clear(BedAddresses addresses) => EchoNetwork.Request(
        Ipv4Header.ToNumber(addresses.EastHost(0)), Ipv4Header.ToNumber(addresses.WestHost(0)), 1, 1, "in clear"u8);
}
