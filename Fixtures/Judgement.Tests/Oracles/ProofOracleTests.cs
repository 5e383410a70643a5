// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Crypto.Signatures;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class ProofOracleTests
{
    private static readonly IReadOnlyList<ObservedIke> Seen = [.. Conversation.Recorded().OfType<ObservedIke>()];
    private static readonly Phase1Knowledge Knowledge = new() { PreSharedKey = Encoding.ASCII.GetBytes("a shared secret of two gateways") };

    [Test]
    public void HonestHashesAreWhatCrossedTheWire() => ProofOracle.Proofs(Seen, Knowledge).Should().BeNull();

    [Test]
    public void AnotherPreSharedKey() =>
        ProofOracle.Proofs(Seen, new() { PreSharedKey = new byte[] { 1 } })!.Came.Should().StartWith("frame 5: ");

    [TestCase(0, "SA")]
    [TestCase(2, "KE")]
    [TestCase(3, "KE")]
    [TestCase(2, "NONCE")]
    [TestCase(3, "NONCE")]
    [TestCase(4, "ID")]
    public void WhateverHashICovers(int at, string payload)
    {
        var finding = ProofOracle.Proofs(Seen.But(at, m => Flip(m, payload)), Knowledge)!;
        finding.Legal.Should().StartWith("HASH_I is ").And.EndWith(", as recomputed from the wire");
        finding.Came.Should().Be($"frame 5: {Convert.ToHexStringLower(Seen[4].Message!.Find<HashPayload>()!.Hash.Span)}");
    }

    [Test]
    public void TheIdentityThatHashRCovers() => ProofOracle.Proofs(Seen.But(5, m => Flip(m, "ID")), Knowledge)!.Legal.Should().StartWith("HASH_R is ");

    [Test]
    public void AProtocolAndAPortAreCovered() => ProofOracle.Proofs(
        Seen.But(4, m => m.WithPayloads(list => list.Select(p => p is IdentificationPayload id ? IdentificationPayload.Fqdn(Encoding.ASCII.GetString(id.Data.Span), 17, 500) : p))), Knowledge)
        .Should().NotBeNull();

    [Test]
    public void AHashThatIsWrongOrMissing([Values(4, 5)] int at)
    {
        ProofOracle.Proofs(Seen.But(at, m => Flip(m, "HASH")), Knowledge)!.Came.Should().StartWith($"frame {at + 1}: ");
        ProofOracle.Proofs(Seen.But(at, m => m.WithPayloads(list => list.Where(p => p is not HashPayload))), Knowledge)!.Legal.Should().StartWith("a proof of ");
    }

    [Test]
    public void WithoutAllOfItNothingIsProven()
    {
        ProofOracle.Proofs([], Knowledge)!.Legal.Should().Be("a phase 1 exchange with a chosen transform");
        ProofOracle.Proofs([.. Seen.Take(1)], Knowledge)!.Came.Should().Be("none");
        ProofOracle.Proofs(Seen.But(2, m => m.WithPayloads(list => list.Where(p => p is not KeyExchangePayload))), Knowledge)!.Legal.Should().Be("all that HASH_I covers, readable");
        ProofOracle.Proofs(Seen.But(3, Bent.Unread), Knowledge)!.Came.Should().Be("frame 4: no key");
    }

    [Test]
    public void AnRsaSignatureIsOverTheBareHash()
    {
        using var rsa = RSA.Create(2048);
        var (signed, knowledge) = Signed(rsa.ExportPkcs8PrivateKeyPem(), AuthenticationMethod.RsaSignatures, (key, hash) => key.SignHashRaw(hash));
        ProofOracle.Proofs(signed, knowledge).Should().BeNull();
        ProofOracle.Proofs(signed.But(5, m => Flip(m, "SIG")), knowledge)!.Came.Should().Be("frame 6: 256 octets, not a signature of this hash by any of these keys");
        ProofOracle.Proofs(signed, knowledge with { Keys = [] })!.Legal.Should().Be("a public key of west");
    }

    [Test]
    public void AnRsaSignatureThatNamesItsHashIsToldFromOthers()
    {
        using var rsa = RSA.Create(2048);
        var (signed, knowledge) = Signed(
            rsa.ExportPkcs8PrivateKeyPem(), AuthenticationMethod.RsaSignatures, (_, hash) => rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        ProofOracle.Proofs(signed, knowledge)!.Came.Should().Be("frame 5: 256 octets, a signature of the hash with its name in front of it (SHA256)");
    }

    [Test]
    public void AnEcdsaSignatureIsOverTheHashOfItsCurve()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var pem = ecdsa.ExportPkcs8PrivateKeyPem();
        var (signed, knowledge) = Signed(pem, AuthenticationMethod.EcdsaSha384, (key, hash) => key.SignEcdsaHash(hash), "HMAC-SHA2-384");
        ProofOracle.Proofs(signed, knowledge).Should().BeNull();
        var (der, known) = Signed(pem, AuthenticationMethod.EcdsaSha384, (_, hash) => ecdsa.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence), "HMAC-SHA2-384");
        ProofOracle.Proofs(der, known)!.Legal.Should().Contain("r before s, each as long as the field");
        var (negotiated, other) = Signed(pem, AuthenticationMethod.EcdsaSha384, (key, _) => key.SignEcdsaHash(new byte[48]), "HMAC-SHA2-384");
        ProofOracle.Proofs(negotiated, other).Should().NotBeNull();
    }

    /// <summary>The conversation with another authentication method and its proofs in place of the hashes, one key for both sides.</summary>
    private static (IReadOnlyList<ObservedIke> Messages, Phase1Knowledge Knowledge) Signed(
        string pem, AuthenticationMethod method, Func<SigningKey, byte[], byte[]> sign, string prf = "HMAC-SHA2-256")
    {
        SigningKey.TryRead(pem, out var key, out var problem).Should().BeTrue(problem);
        var knowledge = new Phase1Knowledge { Skeyid = new byte[] { 1, 2, 3 }, Keys = ImmutableDictionary<string, SigningKey>.Empty.Add("west", key!).Add("east", key!) };
        var messages = Seen.But(1, m => m.WithAttribute(Phase1Attribute.AuthenticationMethod, a => DataAttribute.Basic(a.Type, (ushort)method)));
        Phase1Transcript.TryRead(messages, out var transcript, out _).Should().BeTrue();
        foreach (var (at, side) in new[] { (4, "west"), (5, "east") })
        {
            var signature = sign(key!, transcript!.ProofHash(side, PrfAlgorithm.Named(prf), knowledge)!);
            messages = messages.But(at, m => m.WithPayloads(list => list.Select(p => p is HashPayload ? new SignaturePayload(signature) : p)));
        }

        return (messages, knowledge);
    }

    private static ObservedIke Flip(ObservedIke message, string payload) => message.WithPayloads(list => list.Select(p => p.Type.Notation() == payload ? Flip(p) : p));

    private static Payload Flip(Payload payload)
    {
        byte[] body = [.. payload.Body.Span];
        body[^1] ^= 1;
        return payload switch
        {
            SaPayload sa => sa with { Situation = 3, Raw = default },
            KeyExchangePayload => new KeyExchangePayload(body),
            NoncePayload => new NoncePayload(body),
            IdentificationPayload id => id with { Data = body.AsMemory(4), Raw = default },
            HashPayload => new HashPayload(body),
            SignaturePayload => new SignaturePayload(body),
            _ => throw new ArgumentOutOfRangeException(nameof(payload), payload, "not bent here"),
        };
    }
}
