// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

/// <summary>Identities, certificates, the order of the phases and the revised mode: each judged as it was, and bent.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Phase1OracleTests
{
    private static readonly IReadOnlyList<ObservedIke> Seen = [.. Conversation.Recorded().OfType<ObservedIke>()];
    private static readonly IdentificationPayload West = Seen[4].Message!.Find<IdentificationPayload>()!;

    [TestCase(0, 0, true)]
    [TestCase(17, 500, true)]
    [TestCase(17, 0, false)]
    [TestCase(0, 500, false)]
    [TestCase(6, 80, false)]
    public void ProtocolAndPortOfAnIdentity(byte protocol, int port, bool isLegal)
    {
        var seen = Seen.But(4, m => Identified(m, West with { ProtocolId = protocol, Port = (ushort)port, Raw = default }));
        var finding = IdentityOracle.ProtocolAndPort(seen);
        (finding is null).Should().Be(isLegal);
        if (!isLegal)
        {
            finding!.Came.Should().Be($"frame 5: {protocol} and {port}");
        }

        IdentityOracle.ProtocolAndPort(Seen.Take(4)).Should().Be(new Finding("identities to judge", "none"));
    }

    private static IEnumerable<TestCaseData> Forms()
    {
        yield return Form("IPv4", IdentificationPayload.Ipv4Address(IPAddress.Loopback), true);
        yield return Form("IPv6", IdentificationPayload.Ipv6Address(IPAddress.IPv6Loopback), true);
        yield return Form("subnet", IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.18.0.0"), 24), true);
        yield return Form("IPv6 subnet", IdentificationPayload.Ipv6Subnet(IPAddress.Parse("2001:db8::"), 64), true);
        yield return Form("range", IdentificationPayload.Ipv4Range(IPAddress.Parse("198.18.0.1"), IPAddress.Parse("198.18.0.9")), true);
        yield return Form("mail", IdentificationPayload.UserFqdn("someone@west.example"), true);
        yield return Form("key ID", IdentificationPayload.KeyId(new byte[] { 0 }), true);
        yield return Form("empty name", IdentificationPayload.DistinguishedName(new byte[] { 0x30, 0 }), true);
        yield return Form("short IPv4", new(IdType.Ipv4Address, 0, 0, new byte[3]), false);
        yield return Form("long IPv6", new(IdType.Ipv6Address, 0, 0, new byte[17]), false);
        yield return Form("subnet without mask", new(IdType.Ipv4Subnet, 0, 0, new byte[4]), false);
        yield return Form("terminated name", new(IdType.Fqdn, 0, 0, Encoding.ASCII.GetBytes("west.example\0")), false);
        yield return Form("mail without at sign", IdentificationPayload.UserFqdn("west.example"), false);
        yield return Form("no name", IdentificationPayload.DistinguishedName(new byte[] { 0x31, 0 }), false);
        yield return Form("a name and more", IdentificationPayload.DistinguishedName(new byte[] { 0x30, 0, 0 }), false);
        yield return Form("no key ID", new(IdType.KeyId, 0, 0, default), false);
        yield return Form("no type", new((IdType)99, 0, 0, new byte[4]), false);

        static TestCaseData Form(string name, IdentificationPayload identity, bool isRight) => new TestCaseData(identity, isRight).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Forms))]
    public void DataHaveTheFormOfTheirType(IdentificationPayload identity, bool isRight)
    {
        var finding = IdentityOracle.Form(Seen.But(4, m => Identified(m, identity)));
        (finding is null).Should().Be(isRight);
        (finding?.Came ?? "frame 5: ").Should().StartWith("frame 5: ");
    }

    [Test]
    public void ASideClaimsOneIdentity()
    {
        IdentityOracle.Claims([Seen[4]], West).Should().BeNull();
        IdentityOracle.Claims([Seen[4]], IdentificationPayload.Fqdn("east.conformance.example"))!.Came.Should().StartWith("frame 5: Fqdn ");
        IdentityOracle.Claims([Seen[4]], new(IdType.KeyId, 0, 0, West.Data)).Should().NotBeNull();
        IdentityOracle.Claims([Seen[4], Seen[5]], West).Should().NotBeNull();
        IdentityOracle.Claims([], West)!.Came.Should().Be("none");
        IdentityOracle.Form([]).Should().Be(new Finding("identities to judge", "none"));
    }

    [Test]
    public void ACertificateFollowsARequest()
    {
        var asked = Seen.But(3, m => m.WithPayloads(list => list.Add(new CertificateRequestPayload(4, default))));
        CertificateOracle.SentWhenAsked(Seen, "west")!.Legal.Should().Be("a certificate request to west");
        CertificateOracle.SentWhenAsked(asked, "east").Should().NotBeNull("its own request is none to itself");
        CertificateOracle.SentWhenAsked(asked, "west").Should().Be(new Finding("behind the request in frame 4 a certificate of encoding 4", "no certificate"));
        var unreadable = asked.But(4, m => m.WithPayloads(list => list.Add(new CertificatePayload(4, new byte[] { 1 }))));
        CertificateOracle.SentWhenAsked(unreadable, "west")!.Came.Should().Be("frame 5: encoding 4, 1 octets");
        CertificateOracle.Count(unreadable, "west", 1).Should().BeNull();
        CertificateOracle.Count(unreadable, "west", 2)!.Came.Should().Be("1; frame 5");
        CertificateOracle.Count(Seen, "east", 0).Should().BeNull();
    }

    [Test]
    public void NoCertificateAtAll()
    {
        CertificateOracle.None(Seen).Should().BeNull();
        CertificateOracle.None([]).Should().NotBeNull();
        CertificateOracle.None(Seen.But(4, Bent.Unread)).Should().NotBeNull();
        CertificateOracle.None(Seen.But(1, m => m.WithPayloads(list => list.Add(new CertificateRequestPayload(4, default)))))!.Came.Should().StartWith("frame 2: ");
        CertificateOracle.None(Seen.But(4, m => m.WithPayloads(list => list.Add(new CertificatePayload(4, default)))))!.Came.Should().StartWith("frame 5: ");
    }

    [Test]
    public void QuickModeWaitsForTheEndOfPhase1()
    {
        // West's quick mode message comes before its message 5, which the way delays.
        IReadOnlyList<ObservedIke> early = [.. Seen.Take(4), Seen[6] with { Number = 5 }, Seen[4] with { Number = 6 }, Seen[5] with { Number = 7 }, Seen[7] with { Number = 8 }];
        PhaseOrderOracle.QuickModeWaits(early, "east", 5).Should().BeNull();
        PhaseOrderOracle.QuickModeWaits(Seen, "east", 5)!.Legal.Should().StartWith("a quick mode message to east before message 5");
        PhaseOrderOracle.QuickModeWaits([.. early.Take(5)], "east", 5).Should().NotBeNull("message 5 never came");
        IReadOnlyList<ObservedIke> answered = [.. early.Take(5), Seen[7] with { Number = 6 }, Seen[4] with { Number = 7 }];
        PhaseOrderOracle.QuickModeWaits(answered, "east", 5)!.Came.Should().StartWith("frame 6: east: Quick Mode");
        PhaseOrderOracle.QuickModeWaits([.. answered.Take(6)], "east", 5)!.Came.Should().StartWith("frame 6: east: Quick Mode");
    }

    [Test]
    public void StatusHasNoPlaceInAggressiveMode()
    {
        var status = new NotificationPayload(1, ProtocolId.Isakmp, default, NotifyType.InitialContact, default);
        ObservedIke Aggressive(ObservedIke m) => m.WithHeader(header => header with { ExchangeType = ExchangeType.Aggressive });
        PhaseOrderOracle.NoStatusInAggressiveMode([Aggressive(Seen[0])]).Should().BeNull();
        PhaseOrderOracle.NoStatusInAggressiveMode(Seen)!.Legal.Should().Be("messages of aggressive mode");
        PhaseOrderOracle.NoStatusInAggressiveMode([Aggressive(Seen[4]).Unread()]).Should().NotBeNull();
        PhaseOrderOracle.NoStatusInAggressiveMode([Aggressive(Seen[0]).WithPayloads(list => list.Add(status))])!.Came.Should().Be("frame 1: InitialContact in message 1");
        PhaseOrderOracle.NoStatusInAggressiveMode([Aggressive(Seen[0]).WithPayloads(list => list.Add(status with { NotifyType = NotifyType.InvalidIdInformation }))]).Should().BeNull();
    }

    [Test]
    public void BehindTheNonceOfTheRevisedModeAreWholeBlocks()
    {
        IReadOnlyList<ObservedIke> revised = [.. new[] { 2, 3 }.Select(at => Seen[at].WithPayloads(_ => Concealed(48, 32)))];
        RevisedModeOracle.BehindNonce(revised, 16).Should().BeNull();
        RevisedModeOracle.BehindNonce(revised.But(0, m => m.WithPayloads(list => list.Insert(0, new HashPayload(new byte[32])))), 16).Should().BeNull("HASH(1) may stand in front");
        RevisedModeOracle.BehindNonce(revised.But(1, m => m.WithPayloads(_ => Concealed(48, 33))), 16)!.Came.Should().Be("frame 4: Identification of 33");
        RevisedModeOracle.BehindNonce(revised.But(1, m => m.WithPayloads(_ => Concealed(0, 32))), 16).Should().NotBeNull();
        RevisedModeOracle.BehindNonce(revised.But(1, m => m.WithPayloads(list => list.Reverse())), 16)!.Legal.Should().StartWith("the encrypted nonce first");
        RevisedModeOracle.BehindNonce([revised[0]], 16)!.Legal.Should().Be("a nonce of each side");
    }

    [Test]
    public void AMessageThatMayBeEncryptedOrNot()
    {
        ExpectedMessage[] either = [new("west", "Identity Protection", null, "SA, VID*")];
        MessageOracle.InOrder(either, [Seen[0]]).Should().BeNull();
        MessageOracle.InOrder(either, [Seen[0].WithHeader(header => header with { Flags = header.Flags ^ IsakmpFlags.Encryption })]).Should().BeNull();
        MessageOracle.InOrder(either, [Seen[1]])!.Legal.Should().Be("message 1 is west: Identity Protection, encrypted or clear, SA, VID*");
    }

    [Test]
    public void AHashOfPhase1MayStandAnywhere()
    {
        ExpectedMessage[] expected = [new("west", "Identity Protection", true, "HASH, N*")];
        var notified = new NotificationPayload(1, ProtocolId.Isakmp, default, NotifyType.InitialContact, default);
        MessageOracle.InOrder(expected, [Seen[4].WithPayloads(_ => [notified, new HashPayload(new byte[32])])]).Should().BeNull();
    }

    private static Payload[] Concealed(int publicValue, int identity) =>
        [new NoncePayload(new byte[256]), new KeyExchangePayload(new byte[publicValue]), new UnknownPayload(PayloadType.Identification, new byte[identity])];

    private static ObservedIke Identified(ObservedIke message, IdentificationPayload identity) =>
        message.WithPayloads(list => list.Select(payload => payload is IdentificationPayload ? identity : payload));
}
