// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Crypto.Signatures;
using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>Authentication with public key encryption and its revised mode: RFC 2409 sections 5.2 and 5.3.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PublicKeyEncryptionTests
{
    private const AuthenticationMethod Plain = AuthenticationMethod.RsaEncryption;
    private const AuthenticationMethod Revised = AuthenticationMethod.RevisedRsaEncryption;

    /// <summary>Only the bodies are encrypted: ID and nonce with the key of the receiver, which can read them.</summary>
    [Test]
    public void IdentityAndNonceAreEncryptedWithTheReceiversKey([Values] Phase1Mode mode)
    {
        var ladder = Connected(Methods.Pair(mode, Plain));
        var message = Carrier(ladder, mode);
        var east = TestPki.Key(KeyKind.Rsa, 1).Private;
        east.TryDecrypt(message.Find<IdentificationPayload>()!.Body.Span, out var identity).Should().BeTrue();
        identity.Should().Equal(IdentificationPayload.Fqdn("west.example").Body.ToArray());
        east.TryDecrypt(message.Find<NoncePayload>()!.Nonce.Span, out var nonce).Should().BeTrue();
        nonce.Should().HaveCount(32);
    }

    /// <summary>Computed here step by step from the RFC's text: Ne_i = prf(Ni_b, CKY-I), one CBC chain from an IV of zeros, padding counted.</summary>
    [Test]
    public void TheRestIsEncryptedWithAKeyMadeOfTheNonce([Values] Phase1Mode mode)
    {
        var ladder = Connected(Methods.Pair(mode, Revised));
        var message = Carrier(ladder, mode);
        TestPki.Key(KeyKind.Rsa, 1).Private.TryDecrypt(message.Find<NoncePayload>()!.Nonce.Span, out var nonce).Should().BeTrue();
        var prf = PrfAlgorithm.Named("HMAC-SHA2-256");
        var key = prf.Compute(nonce, message.Header.InitiatorCookie.ToBytes())[..16];
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = key;
        byte[] ke = message.Find<KeyExchangePayload>()!.Body.ToArray();
        byte[] id = message.Find<IdentificationPayload>()!.Body.ToArray();
        byte[] plain = aes.DecryptCbc((byte[])[.. ke, .. id], new byte[16], System.Security.Cryptography.PaddingMode.None);

        ke.Should().HaveCount(80, "64 octets of a public value and a block of nothing but padding");
        plain[64..80].Should().Equal([.. new byte[15], 15]);
        plain[80..96].Should().Equal(IdentificationPayload.Fqdn("west.example").Body.ToArray());
        plain[96..].Should().Equal([.. new byte[15], 15]);
    }

    /// <summary>RFC 4945 section 3.3.11.4: HASH(1) is there whenever the public key is in a certificate.</summary>
    [Test]
    public void AKnownCertificateIsNamedByItsHash([Values] Phase1Mode mode, [Values(Plain, Revised)] AuthenticationMethod method)
    {
        var pair = WithCertificates(mode, method);
        var ladder = Connected(pair);
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle(MethodTests.Reasons(ladder));
        var message = Carrier(ladder, mode);
        message.Find<HashPayload>()!.Hash.ToArray().Should().Equal(
            KeySchedule.CertificateHash(PrfAlgorithm.Named("HMAC-SHA2-256"), pair.East.Certificates!.Chain[0].Der.Span));
    }

    [Test]
    public void TheHashOfAnotherCertificateIsRefused([Values] Phase1Mode mode, [Values(Plain, Revised)] AuthenticationMethod method)
    {
        var pair = WithCertificates(mode, method);
        pair = pair with { East = pair.East with { Certificates = pair.East.Certificates! with { Chain = [Methods.Certificate(TestPki.Root, KeyKind.Rsa, 1)] } } };
        var ladder = Connected(pair);
        ladder.East.Saw<DatagramDiscarded>().First().Reason.Should().Contain("HASH(1)");
        ladder.West.Saw<PeerNotified>().First().Notification.NotifyType.Should().Be(NotifyType.InvalidHashInformation);
        MainModeTests.NothingEstablished(ladder);
    }

    /// <summary>In the revised mode the initiator's certificate can come along, encrypted, and provides the key for the answer.</summary>
    [Test]
    public void ACertificateThatComesAlongProvidesTheKey([Values] Phase1Mode mode)
    {
        var pair = Methods.Pair(mode, Revised);
        pair = pair with
        {
            West = pair.West with { Certificates = pair.West.Certificates! with { SendCertificate = SendCertificate.Always } },
            East = pair.East with { PeerPublicKey = null, Remote = new System.Net.IPEndPoint(System.Net.IPAddress.Any, 500) },
        };
        var ladder = Connected(pair);
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle(MethodTests.Reasons(ladder));

        var untrusted = pair with { East = pair.East with { Certificates = pair.East.Certificates! with { Trust = TestPki.OtherRoot.Trust } } };
        ladder = Connected(untrusted);
        ladder.East.Saw<DatagramDiscarded>().First().Reason.Should().Contain("UnknownIssuer");
        MainModeTests.NothingEstablished(ladder);
    }

    /// <summary>Whoever encrypts with a key that is not ours gets an answer like everybody else, and no SA.</summary>
    [Test]
    public void WhatCannotBeDecryptedIsAnsweredLikeEverythingElse(
        [Values] Phase1Mode mode, [Values(Plain, Revised)] AuthenticationMethod method, [Values("wrong key", "nonce of zeros", "short nonce", "identity of zeros")] string how)
    {
        var pair = Methods.Pair(mode, method);
        var seam = new MethodBend(mode == Phase1Mode.Main ? 3 : 1, how)
        {
            Payloads = payloads => [.. payloads.Select(p => (how, p) switch
            {
                ("nonce of zeros", NoncePayload n) => new NoncePayload(new byte[n.Nonce.Length]),
                ("short nonce", NoncePayload) => new NoncePayload(TestPki.Key(KeyKind.Rsa, 1).Public.Encrypt(new byte[7], new SeededRandomSource(3))),
                ("identity of zeros", { Type: PayloadType.Identification }) => new UnknownPayload(p.Type, new byte[p.Body.Length]),
                _ => p,
            })],
        };
        var west = how == "wrong key" ? pair.West with { PeerPublicKey = TestPki.Key(KeyKind.Rsa, 0).Public } : pair.West;
        var honest = Connected(pair);
        var ladder = new Ladder(pair with { West = west }, seams: seam);
        ladder.Connect(ladder.West, child: null);

        var answer = mode == Phase1Mode.Main ? 3 : 1;
        ladder.Wire[answer].Bytes.Should().HaveCount(honest.Wire[answer].Bytes.Length, "neither form nor size tells what could be decrypted");
        MainModeTests.Header(ladder.Wire[answer].Bytes).ExchangeType.Should().Be(MainModeTests.Header(honest.Wire[answer].Bytes).ExchangeType);
        ladder.Run(TimeSpan.FromMinutes(2));
        MainModeTests.NothingEstablished(ladder);
    }

    /// <summary>RFC 2409 section 5.3: the nonce is the first payload or follows HASH(1).</summary>
    [Test]
    public void InTheRevisedModeTheNonceComesFirst([Values] Phase1Mode mode)
    {
        var seam = new MethodBend(mode == Phase1Mode.Main ? 3 : 1, "nonce last")
        {
            Payloads = payloads => [.. payloads.Where(p => p is not NoncePayload), .. payloads.OfType<NoncePayload>()],
        };
        var ladder = new Ladder(Methods.Pair(mode, Revised), seams: seam);
        ladder.Connect(ladder.West, child: null);
        ladder.East.Saw<DatagramDiscarded>().First().Clause.Should().Be("RFC 2409 section 5.3");
        ladder.West.Saw<PeerNotified>().First().Notification.NotifyType.Should().Be(NotifyType.PayloadMalformed);
        MainModeTests.NothingEstablished(ladder);
    }

    [Test]
    public void AnotherIdentityAbortsAfterTheProof([Values] Phase1Mode mode, [Values(Plain, Revised)] AuthenticationMethod method)
    {
        var pair = Methods.Pair(mode, method);
        var ladder = Connected(pair with { East = pair.East with { RemoteIdentity = IdentificationPayload.Fqdn("someone.example") } });
        ladder.West.Saw<PeerNotified>().First().Notification.NotifyType.Should().Be(NotifyType.InvalidIdInformation);
        ladder.East.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.East.Deadline.Should().BeNull();
    }

    private static PolicyPair WithCertificates(Phase1Mode mode, AuthenticationMethod method)
    {
        var pair = Methods.Pair(mode, method);
        return pair with { West = pair.West with { PeerPublicKey = null, PeerCertificate = pair.East.Certificates!.Chain[0] } };
    }

    private static IsakmpMessage Carrier(Ladder ladder, Phase1Mode mode) => MainModeTests.Read(ladder.Wire[mode == Phase1Mode.Main ? 2 : 0].Bytes);

    private static Ladder Connected(PolicyPair pair)
    {
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West, child: null);
        return ladder;
    }
}
