// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Signatures;

/// <summary>What a key pair of a peer is good for.</summary>
public enum KeyKind
{
    /// <summary>RSA: signatures and public key encryption (RFC 2409 sections 5.1 to 5.3).</summary>
    Rsa,

    /// <summary>ECDSA on P-256 with SHA-256: authentication method 9 (RFC 4754).</summary>
    EcdsaP256,

    /// <summary>ECDSA on P-384 with SHA-384: authentication method 10 (RFC 4754).</summary>
    EcdsaP384,

    /// <summary>ECDSA on P-521 with SHA-512: authentication method 11 (RFC 4754).</summary>
    EcdsaP521,

    /// <summary>
    /// A key that no authentication method here uses. It occurs in certificates only, those of certification authorities among them,
    /// whose signatures can be good all the same.
    /// </summary>
    Other,
}
