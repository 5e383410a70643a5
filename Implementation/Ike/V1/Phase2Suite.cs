// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;

namespace Ipsec.Ike.V1;

/// <summary>What quick mode negotiates for ESP (RFC 2407 section 4.4.4).</summary>
/// <param name="Encryption">The cipher or AEAD.</param>
/// <param name="Integrity">The integrity algorithm; null with an AEAD.</param>
public sealed record Phase2Suite(EncryptionAlgorithm Encryption, IntegrityAlgorithm? Integrity)
{
    /// <summary>The suite in the words of the RFCs, e.g. "AES-CBC-128 / HMAC-SHA2-256-128".</summary>
    /// <returns>One or two names.</returns>
    public override string ToString() => Integrity is null ? Encryption.Name : $"{Encryption.Name} / {Integrity.Name}";
}
