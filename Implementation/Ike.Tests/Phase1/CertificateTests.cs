// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>Certificates and requests for them: RFC 2408 sections 5.9 and 5.10, RFC 4945 sections 3.1 to 3.3.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CertificateTests
{
    private const AuthenticationMethod Rsa = AuthenticationMethod.RsaSignatures;

    [Test]
    public void AChainWithAnIntermediateIsSentAndBelieved([Values] Phase1Mode mode)
    {
        var ladder = Play(mode, leaf: Methods.Certificate(TestPki.Intermediate, KeyKind.Rsa, 0), more: [TestPki.Intermediate.Certificate]);
        Established(ladder);
        Sent<CertificatePayload>(ladder.West).Should().HaveCount(2);
    }

    /// <summary>RFC 4945 sections 3.3.10.3 to 3.3.10.5: certificates come in any order, twice, and with others that do not matter.</summary>
    [Test]
    public void OrderRepetitionAndStrangersDoNotMatter([Values] Phase1Mode mode)
    {
        var message = mode == Phase1Mode.Main ? 5 : 3;
        var stranger = new CertificatePayload((byte)CertificateEncoding.X509Signature, Methods.Certificate(TestPki.OtherRoot, KeyKind.Rsa, 1).Der);
        var seam = new MethodBend(message, "certificates shuffled")
        {
            Payloads = payloads =>
            {
                var certificates = payloads.OfType<CertificatePayload>().Reverse().ToArray();
                return [.. payloads.Where(p => p is not CertificatePayload), stranger, .. certificates, .. certificates];
            },
        };
        Established(Play(mode, leaf: Methods.Certificate(TestPki.Intermediate, KeyKind.Rsa, 0), more: [TestPki.Intermediate.Certificate], seam: seam));
    }

    [Test]
    public void WithoutTheIntermediateThereIsNoTrust([Values] Phase1Mode mode) => Refused(
        Play(mode, leaf: Methods.Certificate(TestPki.Intermediate, KeyKind.Rsa, 0)), NotifyType.InvalidCertificate, nameof(CertificateStatus.UnknownIssuer));

    [Test]
    public void AnotherAuthorityIsNotTrusted([Values] Phase1Mode mode) => Refused(
        Play(mode, leaf: Methods.Certificate(TestPki.OtherRoot, KeyKind.Rsa, 0)), NotifyType.InvalidCertificate, nameof(CertificateStatus.UnknownIssuer));

    [Test]
    public void AnExpiredCertificateIsRefused([Values] Phase1Mode mode) => Refused(
        Play(mode, leaf: Named(to: new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero))), NotifyType.InvalidCertificate, nameof(CertificateStatus.Expired));

    [Test]
    public void ACertificateOfTheFutureIsRefused([Values] Phase1Mode mode) => Refused(
        Play(mode, leaf: Named(from: new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero))), NotifyType.InvalidCertificate, nameof(CertificateStatus.NotYetValid));

    /// <summary>RFC 4945 section 5.1.3.2.</summary>
    [Test]
    public void AKeyThatMayNotSignIsRefused([Values] Phase1Mode mode) => Refused(
        Play(mode, leaf: Named(usage: X509KeyUsageFlags.KeyEncipherment)), NotifyType.InvalidCertificate, nameof(CertificateStatus.WrongKeyUsage));

    [Test]
    public void ARevokedCertificateIsRefusedByAListOfOurs([Values] Phase1Mode mode)
    {
        var leaf = Named();
        Refused(
            Play(mode, leaf, trust: TestPki.Root.Trust with { Crls = [TestPki.Root.Revoke(leaf)] }), NotifyType.InvalidCertificate, nameof(CertificateStatus.Revoked));
    }

    /// <summary>A list in a certificate payload of encoding 7 counts as well, whoever sent it: its issuer signed it.</summary>
    [Test]
    public void ARevokedCertificateIsRefusedByAListThatCame([Values] Phase1Mode mode)
    {
        var leaf = Named();
        var crl = new CertificatePayload((byte)CertificateEncoding.Crl, TestPki.Root.Revoke(leaf));
        Refused(Play(mode, leaf, seam: Add(mode, crl)), NotifyType.InvalidCertificate, nameof(CertificateStatus.Revoked));
    }

    [Test]
    public void AListThatIsRequiredMayComeAlong([Values] Phase1Mode mode)
    {
        var trust = TestPki.Root.Trust with { RequireCrl = true };
        var crl = new CertificatePayload((byte)CertificateEncoding.Crl, TestPki.Root.Revoke());
        Refused(Play(mode, Named(), trust: trust), NotifyType.InvalidCertificate, nameof(CertificateStatus.CrlMissing));
        Established(Play(mode, Named(), trust: trust, seam: Add(mode, crl)));
    }

    /// <summary>RFC 2408 section 5.9: what is not supported is discarded and can be told; beside a good certificate it does no harm.</summary>
    [TestCase(CertificateEncoding.Pkcs7WrappedX509)]
    [TestCase(CertificateEncoding.X509Attribute)]
    [TestCase(CertificateEncoding.Pgp)]
    [TestCase((CertificateEncoding)200)]
    public void OtherEncodingsAreDiscarded(CertificateEncoding encoding)
    {
        var other = new CertificatePayload((byte)encoding, new byte[40]);
        Established(Play(Phase1Mode.Main, Named(), seam: Add(Phase1Mode.Main, other)));
        var alone = new MethodBend(5, "nothing else") { Payloads = p => [.. p.Where(x => x is not CertificatePayload), other] };
        Refused(Play(Phase1Mode.Main, Named(), seam: alone), NotifyType.InvalidCertEncoding, $"encoding {(byte)encoding}");
    }

    [Test]
    public void ACertificateThatCannotBeReadIsInvalid([Values] Phase1Mode mode)
    {
        var broken = new CertificatePayload((byte)CertificateEncoding.X509Signature, new byte[40]);
        var alone = new MethodBend(mode == Phase1Mode.Main ? 5 : 3, "nothing else") { Payloads = p => [.. p.Where(x => x is not CertificatePayload), broken] };
        Refused(Play(mode, Named(), seam: alone), NotifyType.InvalidCertificate, "cannot be read");
    }

    /// <summary>RFC 2408 section 5.12.</summary>
    [Test]
    public void ASignatureOfAnotherKeyFails([Values] Phase1Mode mode)
    {
        var ladder = Play(mode, Named(), seam: Signature(mode, bytes => TestPki.Key(KeyKind.Rsa, 1).Private.SignHashRaw(bytes.AsSpan(0, 32))));
        Refused(ladder, NotifyType.AuthenticationFailed, "SIG_I is wrong");
    }

    [Test]
    public void ASignatureOfAnotherSizeFails([Values] Phase1Mode mode, [Values(0, 1, 127, 129, 3000)] int size) =>
        Refused(Play(mode, Named(), seam: Signature(mode, _ => new byte[size])), NotifyType.AuthenticationFailed, "SIG_I is wrong");

    /// <summary>RFC 2407 section 4.6.2.1: what a peer calls itself stands in its certificate.</summary>
    [TestCaseSource(nameof(NamesOfTheCertificate))]
    public void AnIdentityOfTheCertificateIsAccepted(Phase1Mode mode, IdentificationPayload identity) =>
        Established(Play(mode, Methods.Certificate(TestPki.Root, KeyKind.Rsa, 0), identity: identity));

    [TestCaseSource(nameof(NamesOfOthers))]
    public void AnotherIdentityAborts(Phase1Mode mode, IdentificationPayload identity)
    {
        // The policy takes any identity: only the certificate speaks against it.
        var ladder = Play(mode, Methods.Certificate(TestPki.Root, KeyKind.Rsa, 0), identity: identity);
        Refused(ladder, NotifyType.InvalidIdInformation, "does not name");
        ladder.East.Deadline.Should().BeNull("RFC 4945 section 3.1: the setup is aborted");
    }

    /// <summary>RFC 4945 section 3.1.1: whoever is called by an address sends from it, unless the policy knows of a NAT.</summary>
    [Test]
    public void AnAddressIdentityIsComparedWithTheSource([Values] Phase1Mode mode)
    {
        var ours = IdentificationPayload.Ipv6Address(System.Net.IPAddress.Parse("2001:db8::1"));
        Refused(Play(mode, Methods.Certificate(TestPki.Root, KeyKind.Rsa, 0), identity: ours), NotifyType.InvalidIdInformation, "sends from");
        Established(Play(mode, Methods.Certificate(TestPki.Root, KeyKind.Rsa, 0), identity: ours, verifyAddress: false));
    }

    /// <summary>RFC 4945 section 3.2.5: in main mode requests are in messages 4 and 5; section 3.2.7.1: one for each anchor.</summary>
    [Test]
    public void RequestsAreWhereTheyBelong([Values] Phase1Mode mode)
    {
        var ladder = Play(mode, Named());
        var with = ladder.West.Saw<MessageTraced>().Select((t, at) => (Number: at + 1, Requests: t.Message.All<CertificateRequestPayload>().ToArray()))
            .Where(m => m.Requests.Length > 0).ToArray();
        with.Select(m => m.Number).Should().Equal(mode == Phase1Mode.Main ? [4, 5] : [1, 2]);
        with.SelectMany(m => m.Requests).Should().OnlyContain(r =>
            IsForTheRoot(r));
        ladder.Wire.Should().HaveCount(Methods.Messages(mode), "RFC 2409 section 5: a request adds no message");
    }

    [TestCase(SendCertificate.WhenAsked, true, true)]
    [TestCase(SendCertificate.WhenAsked, false, false)]
    [TestCase(SendCertificate.Always, false, true)]
    [TestCase(SendCertificate.Never, true, false)]
    public void CertificatesGoOutAsThePolicySays(SendCertificate send, bool isAsked, bool isSent)
    {
        foreach (var mode in Enum.GetValues<Phase1Mode>())
        {
            var pair = Methods.Pair(mode, Rsa);
            pair = pair with
            {
                West = pair.West with { Certificates = pair.West.Certificates! with { SendCertificate = send } },
                East = pair.East with
                {
                    Certificates = pair.East.Certificates! with { SendCertificateRequest = isAsked },
                    PeerCertificate = pair.West.Certificates!.Chain[0],
                },
            };
            var ladder = new Ladder(pair);
            ladder.Connect(ladder.West, child: null);
            Established(ladder);
            Sent<CertificatePayload>(ladder.West).Any().Should().Be(isSent, mode.ToString());
        }
    }

    /// <summary>RFC 2408 section 3.10: a request is accepted at any point of the exchange, from message 1 on.</summary>
    [Test]
    public void ARequestInAnyMessageIsHeeded([Range(1, 5)] int message)
    {
        var pair = Methods.Pair(Phase1Mode.Main, Rsa);
        pair = pair with
        {
            West = pair.West with { Certificates = pair.West.Certificates! with { SendCertificateRequest = message % 2 == 0 } },
            East = pair.East with { Certificates = pair.East.Certificates! with { SendCertificateRequest = message % 2 == 1 } },
        };
        var seam = new MethodBend(message, "a request")
        {
            Payloads = p => [.. p.Where(x => x is not CertificateRequestPayload), new CertificateRequestPayload((byte)CertificateEncoding.X509Signature, ReadOnlyMemory<byte>.Empty)],
        };
        var ladder = new Ladder(pair, seams: seam);
        ladder.Connect(ladder.West, child: null);
        Established(ladder);
        Sent<CertificatePayload>(message % 2 == 1 ? ladder.East : ladder.West).Should().NotBeEmpty();
    }

    /// <summary>RFC 4945 section 3.2.7.2: an empty authority asks for whatever there is; other kinds of request do not.</summary>
    [TestCase(CertificateEncoding.X509Signature, true)]
    [TestCase(CertificateEncoding.Pkcs7WrappedX509, true)]
    [TestCase(CertificateEncoding.Crl, false)]
    [TestCase(CertificateEncoding.Pgp, false)]
    public void AnEmptyRequestIsARequest(CertificateEncoding type, bool isSent)
    {
        var pair = Methods.Pair(Phase1Mode.Main, Rsa);
        pair = pair with { East = pair.East with { PeerCertificate = pair.West.Certificates!.Chain[0] } };
        var seam = new MethodBend(4, "another request")
        {
            Payloads = p => [.. p.Where(x => x is not CertificateRequestPayload), new CertificateRequestPayload((byte)type, ReadOnlyMemory<byte>.Empty)],
        };
        var ladder = new Ladder(pair, seams: seam);
        ladder.Connect(ladder.West, child: null);
        Established(ladder);
        Sent<CertificatePayload>(ladder.West).Any().Should().Be(isSent);
    }

    /// <summary>The initiator judges the responder no less, and tells it under the keys that the answer brought.</summary>
    [TestCase("expired", NotifyType.InvalidCertificate)]
    [TestCase("another authority", NotifyType.InvalidCertificate)]
    [TestCase("another identity", NotifyType.InvalidIdInformation)]
    [TestCase("another key", NotifyType.AuthenticationFailed)]
    public void TheInitiatorJudgesTheResponder(string what, NotifyType notify)
    {
        foreach (var mode in Enum.GetValues<Phase1Mode>())
        {
            var pair = Methods.Pair(mode, Rsa);
            var key = TestPki.Key(KeyKind.Rsa, 1);
            var leaf = what switch
            {
                "expired" => TestPki.Root.Issue(key, "CN=east", n => n.AddDnsName("east.example"), to: new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                "another authority" => Methods.Certificate(TestPki.OtherRoot, KeyKind.Rsa, 1),
                "another identity" => TestPki.Root.Issue(key, "CN=east", n => n.AddDnsName("other.example")),
                _ => pair.East.Certificates!.Chain[0],
            };
            var seam = what == "another key" ? new MethodBend(mode == Phase1Mode.Main ? 6 : 2, what)
            {
                Payloads = payloads => [.. payloads.Select(p => p is SignaturePayload ? new SignaturePayload(TestPki.Key(KeyKind.Rsa, 0).Private.SignHashRaw(new byte[32])) : p)],
            } : null;
            var ladder = new Ladder(pair with { East = pair.East with { Certificates = pair.East.Certificates! with { Chain = [leaf] } } }, seams: seam);
            ladder.Connect(ladder.West, child: null);
            ladder.West.Endpoint.EstablishedSas.Should().BeEmpty(what);
            var told = ladder.East.Saw<PeerNotified>().First(n => n.Notification.NotifyType == notify);
            told.IsAuthenticated.Should().BeTrue();
            if (mode == Phase1Mode.Aggressive)
            {
                ladder.Run(TimeSpan.FromMinutes(2));
                MainModeTests.NothingEstablished(ladder);
            }
        }
    }

    [Test]
    public void WithoutCertificateNothingIsProved([Values] Phase1Mode mode)
    {
        var pair = Methods.Pair(mode, Rsa);
        var ladder = new Ladder(pair with { West = pair.West with { Certificates = pair.West.Certificates! with { SendCertificate = SendCertificate.Never } } });
        ladder.Connect(ladder.West, child: null);
        ladder.Run(TimeSpan.FromMinutes(2));
        Refused(ladder, NotifyType.AuthenticationFailed, "no certificate");
    }

    [TestCase(AuthenticationMethod.RsaSignatures, KeyKind.Rsa)]
    [TestCase(AuthenticationMethod.EcdsaSha256, KeyKind.EcdsaP256)]
    public void APublicKeyThatIsKnownNeedsNoCertificate(AuthenticationMethod method, KeyKind kind)
    {
        foreach (var mode in Enum.GetValues<Phase1Mode>())
        {
            var pair = Methods.Pair(mode, method);
            var ladder = new Ladder(new PolicyPair { West = Bare(pair.West, 0), East = Bare(pair.East, 1) });
            ladder.Connect(ladder.West);
            ladder.East.Endpoint.ChildSas.Should().ContainSingle();
            Sent<CertificatePayload>(ladder.West).Should().BeEmpty();
            Sent<CertificateRequestPayload>(ladder.West).Should().BeEmpty();
        }

        ConnectionPolicy Bare(ConnectionPolicy policy, int peer) => policy with
        {
            Certificates = new() { Key = TestPki.Key(kind, peer).Private },
            PeerPublicKey = TestPki.Key(kind, 1 - peer).Public,
        };
    }

    [Test]
    public void AWrongPublicKeyFails([Values] Phase1Mode mode)
    {
        var pair = Methods.Pair(mode, Rsa);
        var ladder = new Ladder(pair with { East = pair.East with { PeerPublicKey = TestPki.Key(KeyKind.Rsa, 1).Public } });
        ladder.Connect(ladder.West, child: null);
        ladder.Run(TimeSpan.FromMinutes(2));
        Refused(ladder, NotifyType.AuthenticationFailed, "not made with the peer's key");
    }

    private static bool IsForTheRoot(CertificateRequestPayload request) =>
        request.CertificateType == (byte)CertificateEncoding.X509Signature && request.Authority.Span.SequenceEqual(TestPki.Root.Certificate.SubjectDer.Span);

    private static IEnumerable<object[]> NamesOfTheCertificate() => Both(
        IdentificationPayload.Fqdn("west.example"),
        IdentificationPayload.Fqdn("WEST.example"),
        IdentificationPayload.UserFqdn("admin@west.example"),
        IdentificationPayload.Ipv4Address(PolicyPair.WestEnd.Address),
        IdentificationPayload.DistinguishedName(Methods.Certificate(TestPki.Root, KeyKind.Rsa, 0).SubjectDer),
        GeneralName(0x82, "west.example"u8),
        GeneralName(0x81, "admin@west.example"u8),
        GeneralName(0x87, PolicyPair.WestEnd.Address.GetAddressBytes()),
        GeneralName(0xA4, Methods.Certificate(TestPki.Root, KeyKind.Rsa, 0).SubjectDer.Span));

    private static IEnumerable<object[]> NamesOfOthers() => Both(
        IdentificationPayload.Fqdn("east.example"),
        IdentificationPayload.Fqdn("example"),
        IdentificationPayload.Fqdn("west"),
        IdentificationPayload.UserFqdn("other@west.example"),
        IdentificationPayload.Ipv4Address(PolicyPair.EastEnd.Address),
        IdentificationPayload.KeyId("west.example"u8.ToArray()),
        IdentificationPayload.DistinguishedName(TestPki.Root.Certificate.SubjectDer),
        GeneralName(0x82, "east.example"u8),
        GeneralName(0x86, "west.example"u8),
        new IdentificationPayload(IdType.DerAsn1Gn, 0, 0, new byte[] { 0x82, 200, 1 }));

    private static IEnumerable<object[]> Both(params IdentificationPayload[] identities) =>
        identities.SelectMany(identity => Enum.GetValues<Phase1Mode>().Select(mode => new object[] { mode, identity }));

    private static IdentificationPayload GeneralName(byte tag, ReadOnlySpan<byte> value) =>
        new(IdType.DerAsn1Gn, 0, 0, (byte[])[tag, (byte)value.Length, .. value]);

    private static Certificate Named(
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature) =>
        TestPki.Root.Issue(TestPki.Key(KeyKind.Rsa, 0), "CN=west,O=Example", names => names.AddDnsName("west.example"), from, to, usage);

    private static MethodBend Add(Phase1Mode mode, CertificatePayload payload) =>
        new(mode == Phase1Mode.Main ? 5 : 3, "one more certificate payload") { Payloads = payloads => payloads.Add(payload) };

    private static MethodBend Signature(Phase1Mode mode, Func<byte[], byte[]> make) => new(mode == Phase1Mode.Main ? 5 : 3, "another signature")
    {
        Payloads = payloads => [.. payloads.Select(p => p is SignaturePayload s ? new SignaturePayload(make(s.Signature.ToArray())) : p)],
    };

    /// <summary>West with a certificate of its own against an east that takes any identity which the certificate proves.</summary>
    private static Ladder Play(
        Phase1Mode mode,
        Certificate leaf,
        ImmutableArray<Certificate>? more = null,
        CertificateTrust? trust = null,
        IdentificationPayload? identity = null,
        MethodBend? seam = null,
        bool verifyAddress = true)
    {
        var pair = Methods.Pair(mode, Rsa);
        pair = pair with
        {
            West = pair.West with
            {
                LocalIdentity = identity ?? pair.West.LocalIdentity,
                Certificates = pair.West.Certificates! with { Chain = [leaf, .. more ?? []] },
            },
            East = pair.East with
            {
                RemoteIdentity = IdentityPattern.Any,
                Certificates = pair.East.Certificates! with { Trust = trust ?? TestPki.Root.Trust, VerifyAddressIdentity = verifyAddress },
            },
        };
        var ladder = new Ladder(pair, seams: seam);
        ladder.Connect(ladder.West, child: null);
        ladder.Run(TimeSpan.FromMinutes(2));
        return ladder;
    }

    private static IEnumerable<T> Sent<T>(Ladder.Side side)
        where T : Payload => side.Saw<MessageTraced>().Where(t => t.IsSent && !t.IsRepeat).SelectMany(t => t.Message.All<T>());

    private static void Established(Ladder ladder)
    {
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle(MethodTests.Reasons(ladder));
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle(MethodTests.Reasons(ladder));
    }

    private static void Refused(Ladder ladder, NotifyType notify, string reason)
    {
        ladder.East.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.East.Saw<IkeSaEstablished>().Should().BeEmpty();
        ladder.East.Saw<DatagramDiscarded>().First().Reason.Should().Contain(reason);
        var told = ladder.West.Saw<PeerNotified>().First();
        (told.Notification.NotifyType, told.IsAuthenticated).Should().Be((notify, true), "both ends have the keys, so it is said under them");
    }
}
