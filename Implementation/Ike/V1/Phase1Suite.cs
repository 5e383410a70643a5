// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1;

/// <summary>What phase 1 negotiates: one transform of the SA payload (RFC 2409 appendix A).</summary>
/// <param name="Encryption">The cipher of the IKE SA.</param>
/// <param name="Hash">The hash, whose HMAC is the PRF.</param>
/// <param name="Group">The Diffie-Hellman group.</param>
/// <param name="LifetimeSeconds">Life duration in seconds.</param>
public sealed record Phase1Suite(EncryptionAlgorithm Encryption, PrfAlgorithm Hash, KeyExchangeMethod Group, uint LifetimeSeconds)
{
    /// <summary>How the peers prove who they are.</summary>
    public AuthenticationMethod Authentication { get; init; } = AuthenticationMethod.PreSharedKey;

    /// <summary>Life duration in kilobytes; null when only time counts.</summary>
    public ulong? LifetimeKilobytes { get; init; }

    /// <summary>
    /// The suite in the words of the RFCs, e.g. "AES-CBC-128 / HMAC-SHA2-256 / MODP-2048", with the authentication method behind it
    /// when it is not the pre-shared key.
    /// </summary>
    /// <returns>The names.</returns>
    public override string ToString() => Authentication == AuthenticationMethod.PreSharedKey
        ? $"{Encryption.Name} / {Hash.Name} / {Group.Name}"
        : $"{Encryption.Name} / {Hash.Name} / {Group.Name} / {Authentication}";

    internal bool SameAlgorithms(Phase1Suite other) =>
        Encryption == other.Encryption && Hash == other.Hash && Group == other.Group && Authentication == other.Authentication;
}
