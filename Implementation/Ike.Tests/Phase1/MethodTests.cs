// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>Every authentication method in both modes, both ends ours: RFC 2409 sections 5.1 to 5.4, RFC 4754.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MethodTests
{
    [TestCaseSource(typeof(Methods), nameof(Methods.AllInBothModes))]
    public void BothSidesHoldTheSameSaAndQuickModeFollows(Phase1Mode mode, AuthenticationMethod method)
    {
        var ladder = new Ladder(Methods.Pair(mode, method));
        ladder.Connect(ladder.West);

        ladder.Wire.Count(w => MainModeTests.Header(w.Bytes).ExchangeType != ExchangeType.Transaction).Should().Be(Methods.Messages(mode) + 3, Reasons(ladder));
        var west = ladder.West.Endpoint.EstablishedSas.Should().ContainSingle().Subject;
        var east = ladder.East.Endpoint.EstablishedSas.Should().ContainSingle().Subject;
        (west.InitiatorCookie, west.ResponderCookie, west.Suite).Should().Be((east.InitiatorCookie, east.ResponderCookie, east.Suite));
        west.Suite!.Authentication.Should().Be(method);
        west.PeerIdentity.Should().Be(ladder.West.Saw<IkeSaEstablished>().Single().Sa.PeerIdentity).And.Be(IdentificationPayload.Fqdn("east.example"));
        east.PeerIdentity.Should().Be(IdentificationPayload.Fqdn("west.example"));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    [TestCaseSource(typeof(Methods), nameof(Methods.AllInBothModes))]
    public void TheMessagesAreThoseOfTheFigure(Phase1Mode mode, AuthenticationMethod method)
    {
        var ladder = new Ladder(Methods.Pair(mode, method));
        ladder.Connect(ladder.West, child: null);
        var form = AuthenticationForm.Find(method)!;
        var exchange = mode == Phase1Mode.Main ? ExchangeType.IdentityProtection : ExchangeType.Aggressive;
        ladder.Wire.Select(w => MainModeTests.Header(w.Bytes)).Where(h => h.ExchangeType != ExchangeType.Transaction)
            .Should().OnlyContain(h => h.ExchangeType == exchange && h.MessageId == 0);

        var sent = ladder.West.Saw<MessageTraced>().Select(t => t.Message.Payloads.Select(p => p.Type)
            .Where(type => type is not (PayloadType.CertificateRequest or PayloadType.Certificate or PayloadType.VendorId)).ToArray()).ToArray();
        var ancillary = form.Ancillary switch
        {
            AncillaryForm.Plain => new[] { PayloadType.KeyExchange, PayloadType.Nonce },
            AncillaryForm.Encrypted => [PayloadType.KeyExchange, PayloadType.Identification, PayloadType.Nonce],
            _ => [PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification],
        };
        PayloadType[] identity = form.ConcealsIdentity ? [] : [PayloadType.Identification];
        if (mode == Phase1Mode.Main)
        {
            sent[2].Should().Equal(ancillary);
            sent[3].Should().Equal(ancillary);
            sent[4].Should().Equal([.. identity, Proof(form.Initiator)]);
            sent[5].Should().Equal([.. identity, Proof(form.Responder)]);
        }
        else
        {
            sent[0].Should().Equal([PayloadType.Sa, .. ancillary, .. identity]);
            sent[1].Should().Equal([PayloadType.Sa, .. ancillary, .. identity, Proof(form.Responder)]);
            sent[2].Should().Equal(Proof(form.Initiator));
        }

        static PayloadType Proof(ProofKind kind) => kind == ProofKind.Hash ? PayloadType.Hash : PayloadType.Signature;
    }

    /// <summary>RFC 2409 section 5: main mode protects identities, and with public key encryption aggressive mode does too.</summary>
    [TestCaseSource(typeof(Methods), nameof(Methods.AllInBothModes))]
    public void IdentitiesAreInClearOnlyWhereTheModeCannotHideThem(Phase1Mode mode, AuthenticationMethod method)
    {
        var ladder = new Ladder(Methods.Pair(mode, method));
        ladder.Connect(ladder.West, child: null);
        var isSeen = ladder.Wire.Any(w => Encoding.Latin1.GetString(w.Bytes).Contains(".example", StringComparison.Ordinal));
        isSeen.Should().Be(mode == Phase1Mode.Aggressive && !AuthenticationForm.Find(method)!.ConcealsIdentity);
    }

    [TestCaseSource(typeof(Methods), nameof(Methods.ShapesInBothModes))]
    public void EveryHashServes(Phase1Mode mode, AuthenticationMethod method)
    {
        foreach (var hash in new[] { "HMAC-MD5", "HMAC-SHA1", "HMAC-SHA2-384", "HMAC-SHA2-512" })
        {
            var ladder = new Ladder(Methods.Pair(mode, method, hash));
            ladder.Connect(ladder.West);
            ladder.East.Endpoint.ChildSas.Should().ContainSingle(hash + Reasons(ladder));
        }
    }

    /// <summary>RFC 2409 section 5.1: the signature is a private key operation over HASH_I alone, without the OID of a hash.</summary>
    [Test]
    public void AnRsaSignatureHoldsNothingButTheHash([Values] Phase1Mode mode)
    {
        var pair = Methods.Pair(mode, AuthenticationMethod.RsaSignatures);
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West, child: null);
        var signature = ladder.West.Saw<MessageTraced>().Where(t => t.IsSent).SelectMany(t => t.Message.All<SignaturePayload>()).Single().Signature;

        using var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(pair.West.Certificates!.Key!.Public.SubjectPublicKeyInfo.Span, out _);
        var key = rsa.ExportParameters(false);
        var block = System.Numerics.BigInteger.ModPow(Number(signature.Span), Number(key.Exponent), Number(key.Modulus)).ToByteArray(isUnsigned: true, isBigEndian: true);
        block.Take(128 - 2 - 32).Should().Equal([1, .. Enumerable.Repeat((byte)0xFF, 128 - 3 - 32)], "block type 1");
        block[^33].Should().Be(0, "the separator stands right before the 32 octets of HASH_I");

        static System.Numerics.BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
    }

    [TestCase(AuthenticationMethod.EcdsaSha256, 64)]
    [TestCase(AuthenticationMethod.EcdsaSha384, 96)]
    [TestCase(AuthenticationMethod.EcdsaSha512, 132)]
    public void AnEcdsaSignatureIsRThenS(AuthenticationMethod method, int size)
    {
        var ladder = new Ladder(Methods.Pair(Phase1Mode.Main, method));
        ladder.Connect(ladder.West, child: null);
        ladder.West.Saw<MessageTraced>().SelectMany(t => t.Message.All<SignaturePayload>()).Should().HaveCount(2).And.OnlyContain(s => s.Signature.Length == size);
    }

    /// <summary>RFC 2409 section 5.1: a signature tied to a hash is over a HASH_I made with it; keys come of the negotiated hash all the same.</summary>
    [TestCase(AuthenticationMethod.EcdsaSha256, "HMAC-SHA2-256")]
    [TestCase(AuthenticationMethod.EcdsaSha384, "HMAC-SHA2-384")]
    [TestCase(AuthenticationMethod.EcdsaSha512, "HMAC-SHA2-512")]
    [TestCase(AuthenticationMethod.RsaSignatures, "HMAC-SHA1")]
    public void TheHashOfTheProofIsTheSignaturesOwn(AuthenticationMethod method, string hash)
    {
        var suite = PolicyPair.Phase1("AES-CBC-128", "HMAC-SHA1", "ECP-256") with { Authentication = method };
        byte[] gxi = [1], gxr = [2], sa = [3], ni = [4], nr = [5], gxy = [6];
        var material = new Phase1Material(default, default, sa, gxi, gxr, ni, nr);
        using var security = Phase1Security.Derive(suite, [], material, gxy);
        var identity = IdentificationPayload.Fqdn("west.example");
        var proof = new ProofContext(null!, OfInitiator: true, security, material);

        security.Keys.Skeyid.Should().Equal(KeySchedule.SkeyidForSignature(PrfAlgorithm.Named("HMAC-SHA1"), ni, nr, gxy));
        proof.Hash(identity).Should().Equal(KeySchedule.HashI(
            PrfAlgorithm.Named(hash), security.Keys.Skeyid, gxi, gxr, new byte[8], new byte[8], sa, identity.Body.Span));
    }

    [Test]
    public void EveryMethodHasOneRowForEveryMessage([Values] Phase1Mode mode)
    {
        var rows = mode == Phase1Mode.Main ? Phase1Transitions.MainMode : Phase1Transitions.Aggressive;
        foreach (var method in Methods.All)
        {
            for (var message = mode == Phase1Mode.Main ? 3 : 1; message <= Methods.Messages(mode); message++)
            {
                rows.Where(r => r.Message == message && r.Methods.Contains(method)).Should().ContainSingle($"message {message} of {method}");
            }
        }

        Transitions.All.Should().Contain(rows);
    }

    [Test]
    public void SameSeedSameBytes([Values] Phase1Mode mode)
    {
        foreach (var method in Methods.Shapes)
        {
            var pair = Methods.Pair(mode, method);
            Bytes(pair).Should().Equal(Bytes(pair), method.ToString());
        }

        static string[] Bytes(PolicyPair pair)
        {
            var ladder = new Ladder(pair, seed: 7);
            ladder.Connect(ladder.West);
            return [.. ladder.Wire.Select(w => Convert.ToHexString(w.Bytes))];
        }
    }

    internal static string Reasons(Ladder ladder) =>
        string.Join("; ", ladder.West.Saw<DatagramDiscarded>().Concat(ladder.East.Saw<DatagramDiscarded>()).Select(d => d.Reason).Append(" ").Distinct());
}
