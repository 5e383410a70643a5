// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Authentication;

/// <summary>How one side proves its part of phase 1 (RFC 2409 sections 5.1 to 5.4).</summary>
internal enum ProofKind
{
    /// <summary>HASH_I or HASH_R itself.</summary>
    Hash,

    /// <summary>The RSA private key operation over HASH_I or HASH_R (RFC 2409 section 5.1).</summary>
    RsaSignature,

    /// <summary>ECDSA over HASH_I or HASH_R (RFC 4754).</summary>
    EcdsaSignature,
}
