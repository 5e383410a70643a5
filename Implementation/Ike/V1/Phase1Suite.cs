// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;

namespace Ipsec.Ike.V1;

/// <summary>What phase 1 negotiates: one transform of the SA payload (RFC 2409 appendix A).</summary>
/// <param name="Encryption">The cipher of the IKE SA.</param>
/// <param name="Hash">The hash, whose HMAC is the PRF.</param>
/// <param name="Group">The Diffie-Hellman group.</param>
/// <param name="LifetimeSeconds">Life duration in seconds.</param>
public sealed record Phase1Suite(EncryptionAlgorithm Encryption, PrfAlgorithm Hash, KeyExchangeMethod Group, uint LifetimeSeconds)
{
    /// <summary>The suite in the words of the RFCs, e.g. "AES-CBC-128 / HMAC-SHA2-256 / MODP-2048".</summary>
    /// <returns>The three names.</returns>
    public override string ToString() => $"{Encryption.Name} / {Hash.Name} / {Group.Name}";

    internal bool SameAlgorithms(Phase1Suite other) =>
        Encryption == other.Encryption && Hash == other.Hash && Group == other.Group;
}
