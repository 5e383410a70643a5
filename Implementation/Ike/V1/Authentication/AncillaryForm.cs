// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Authentication;

/// <summary>How public value, nonce and identity cross the wire.</summary>
internal enum AncillaryForm
{
    /// <summary>As they are (RFC 2409 sections 5.1 and 5.4).</summary>
    Plain,

    /// <summary>Identity and nonce encrypted with the receiver's public key (RFC 2409 section 5.2).</summary>
    Encrypted,

    /// <summary>The nonce encrypted with the receiver's public key, the rest with a key made of the nonce (RFC 2409 section 5.3).</summary>
    RevisedEncrypted,
}
