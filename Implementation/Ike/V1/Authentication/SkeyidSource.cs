// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Authentication;

/// <summary>What SKEYID is made of (RFC 2409 section 5).</summary>
internal enum SkeyidSource
{
    /// <summary>prf(pre-shared-key, Ni_b | Nr_b).</summary>
    PreSharedKey,

    /// <summary>prf(Ni_b | Nr_b, g^xy).</summary>
    Signature,

    /// <summary>prf(hash(Ni_b | Nr_b), CKY-I | CKY-R).</summary>
    PublicKeyEncryption,
}
