// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Crypto.Signatures;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.Authentication.AncillaryForm;
using static Ipsec.Ike.V1.Authentication.ProofKind;
using static Ipsec.Wire.V1.AuthenticationMethod;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>
/// What an authentication method makes of phase 1: one row a method. The methods of XAUTH have the phase 1 of the method they build on;
/// with the hybrid ones only one side has a key, and the other's HASH proves nothing but that it took part.
/// </summary>
/// <param name="Method">Value of the Authentication Method attribute.</param>
/// <param name="Skeyid">What SKEYID is made of.</param>
/// <param name="Ancillary">How public value, nonce and identity cross the wire.</param>
/// <param name="Initiator">How the initiator proves its part.</param>
/// <param name="Responder">How the responder proves its part.</param>
/// <param name="Key">What key signatures or encryption need; null for none.</param>
/// <param name="Clause">Where the method is defined.</param>
internal sealed record AuthenticationForm(
    AuthenticationMethod Method,
    SkeyidSource Skeyid,
    AncillaryForm Ancillary,
    ProofKind Initiator,
    ProofKind Responder,
    KeyKind? Key,
    string Clause)
{
    private const string Xauth = "draft-beaulieu-ike-xauth-02 section 7.2";
    private const string Hybrid = "draft-ietf-ipsec-isakmp-hybrid-auth-05 section 3.2";

    /// <summary>Every method that is spoken here.</summary>
    public static ImmutableArray<AuthenticationForm> All { get; } =
    [
        SharedKey(PreSharedKey, "RFC 2409 section 5.4"),
        SharedKey(XauthInitPreShared, Xauth),
        SharedKey(XauthRespPreShared, Xauth),
        Signature(RsaSignatures, RsaSignature, RsaSignature, KeyKind.Rsa, "RFC 2409 section 5.1"),
        Signature(XauthInitRsa, RsaSignature, RsaSignature, KeyKind.Rsa, Xauth),
        Signature(XauthRespRsa, RsaSignature, RsaSignature, KeyKind.Rsa, Xauth),
        Signature(HybridInitRsa, Hash, RsaSignature, KeyKind.Rsa, Hybrid),
        Signature(HybridRespRsa, RsaSignature, Hash, KeyKind.Rsa, Hybrid),
        Signature(EcdsaSha256, EcdsaSignature, EcdsaSignature, KeyKind.EcdsaP256, "RFC 4754 section 4"),
        Signature(EcdsaSha384, EcdsaSignature, EcdsaSignature, KeyKind.EcdsaP384, "RFC 4754 section 4"),
        Signature(EcdsaSha512, EcdsaSignature, EcdsaSignature, KeyKind.EcdsaP521, "RFC 4754 section 4"),
        Encryption(RsaEncryption, Encrypted, "RFC 2409 section 5.2"),
        Encryption(XauthInitRsaEncryption, Encrypted, Xauth),
        Encryption(XauthRespRsaEncryption, Encrypted, Xauth),
        Encryption(RevisedRsaEncryption, RevisedEncrypted, "RFC 2409 section 5.3"),
        Encryption(XauthInitRsaRevisedEncryption, RevisedEncrypted, Xauth),
        Encryption(XauthRespRsaRevisedEncryption, RevisedEncrypted, Xauth),
    ];

    /// <summary>Whether identities go ahead of the proofs, encrypted with public keys.</summary>
    public bool ConcealsIdentity => Ancillary != Plain;

    /// <summary>The row of a method; null when it is not spoken here.</summary>
    public static AuthenticationForm? Find(AuthenticationMethod method) => All.FirstOrDefault(form => form.Method == method);

    /// <summary>The row of a method that was negotiated.</summary>
    public static AuthenticationForm Of(Phase1Suite suite) =>
        Find(suite.Authentication) ?? throw new InvalidOperationException($"{suite.Authentication} was negotiated and is not spoken here");

    /// <summary>How a side proves its part.</summary>
    public ProofKind Proof(bool ofInitiator) => ofInitiator ? Initiator : Responder;

    /// <summary>
    /// The hash of HASH_I and HASH_R: the negotiated one, unless the signature algorithm is tied to another (RFC 2409 section 5.1).
    /// </summary>
    public PrfAlgorithm ProofHash(Phase1Suite suite) => Key switch
    {
        KeyKind.EcdsaP256 => PrfAlgorithm.Named("HMAC-SHA2-256"),
        KeyKind.EcdsaP384 => PrfAlgorithm.Named("HMAC-SHA2-384"),
        KeyKind.EcdsaP521 => PrfAlgorithm.Named("HMAC-SHA2-512"),
        _ => suite.Hash,
    };

    /// <summary>
    /// Whether a connection has the private key that a side needs. A policy check makes sure of it where both sides need one; with hybrid
    /// authentication one of them has none and can take only its own part.
    /// </summary>
    public bool CanBeUsedBy(ConnectionPolicy connection, bool asInitiator) =>
        (Proof(asInitiator) == Hash && !ConcealsIdentity) || connection.Certificates?.Key is not null;

    private static AuthenticationForm SharedKey(AuthenticationMethod method, string clause) =>
        new(method, SkeyidSource.PreSharedKey, Plain, Hash, Hash, null, clause);

    private static AuthenticationForm Signature(AuthenticationMethod method, ProofKind initiator, ProofKind responder, KeyKind key, string clause) =>
        new(method, SkeyidSource.Signature, Plain, initiator, responder, key, clause);

    private static AuthenticationForm Encryption(AuthenticationMethod method, AncillaryForm ancillary, string clause) =>
        new(method, SkeyidSource.PublicKeyEncryption, ancillary, Hash, Hash, KeyKind.Rsa, clause);
}
