// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;

namespace Ipsec.Ike.V1;

/// <summary>
/// What quick mode negotiates for one stream of traffic: ESP, AH, or both together (RFC 2407 sections 4.4.3 and 4.4.4;
/// RFC 2408 section 4.2: a protection suite).
/// </summary>
public sealed record Phase2Suite
{
    /// <summary>ESP.</summary>
    /// <param name="encryption">The cipher or AEAD; NULL for integrity alone.</param>
    /// <param name="integrity">The integrity algorithm; null with an AEAD.</param>
    public Phase2Suite(EncryptionAlgorithm encryption, IntegrityAlgorithm? integrity) => (Encryption, Integrity) = (encryption, integrity);

    private Phase2Suite()
    {
    }

    /// <summary>The ESP cipher or AEAD; null when the suite has no ESP.</summary>
    public EncryptionAlgorithm? Encryption { get; private init; }

    /// <summary>The ESP integrity algorithm; null with an AEAD, without ESP, and when <see cref="IsWithoutIntegrity"/>.</summary>
    public IntegrityAlgorithm? Integrity { get; private init; }

    /// <summary>The AH integrity algorithm; null when the suite has no AH.</summary>
    public IntegrityAlgorithm? AhIntegrity { get; private init; }

    /// <summary>Whether ESP goes without integrity on purpose (RFC 2407 section 4.5).</summary>
    public bool IsWithoutIntegrity { get; private init; }

    /// <summary>Whether sequence numbers have 64 bits (RFC 4304).</summary>
    public bool UseEsn { get; init; }

    /// <summary>The protocols, from the outside in; each has an SA pair of its own.</summary>
    public ImmutableArray<IpsecProtocol> Protocols => (AhIntegrity, Encryption) switch
    {
        (not null, not null) => [IpsecProtocol.Ah, IpsecProtocol.Esp],
        (not null, null) => [IpsecProtocol.Ah],
        _ => [IpsecProtocol.Esp],
    };

    /// <summary>AH alone.</summary>
    /// <param name="integrity">The integrity algorithm.</param>
    /// <returns>The suite.</returns>
    public static Phase2Suite Ah(IntegrityAlgorithm integrity) => new() { AhIntegrity = integrity };

    /// <summary>AH around ESP: a bundle.</summary>
    /// <param name="ahIntegrity">The integrity algorithm of AH.</param>
    /// <param name="esp">What ESP does.</param>
    /// <returns>The suite.</returns>
    public static Phase2Suite AhAndEsp(IntegrityAlgorithm ahIntegrity, Phase2Suite esp) =>
        esp.Encryption is not null && esp.AhIntegrity is null
            ? esp with { AhIntegrity = ahIntegrity }
            : throw new ArgumentException($"{esp} is not a suite of ESP alone", nameof(esp));

    /// <summary>ESP that encrypts and does not authenticate. RFC 4303 section 1 warns of it; AH may stand in for what is missing.</summary>
    /// <param name="encryption">The cipher, not an AEAD.</param>
    /// <returns>The suite.</returns>
    public static Phase2Suite EspWithoutIntegrity(EncryptionAlgorithm encryption) => new() { Encryption = encryption, IsWithoutIntegrity = true };

    /// <summary>The suite in the words of the RFCs, e.g. "AES-CBC-128 / HMAC-SHA2-256-128" or "AH HMAC-SHA1-96 and ESP AES-CBC-128 / none".</summary>
    /// <returns>The names.</returns>
    public override string ToString()
    {
        var esp = (Encryption, Integrity, IsWithoutIntegrity) switch
        {
            (null, _, _) => null,
            (_, not null, _) => $"{Encryption.Name} / {Integrity.Name}",
            (_, null, true) => $"{Encryption.Name} / none",
            _ => Encryption.Name,
        };
        var text = (AhIntegrity, esp) switch
        {
            (null, _) => esp,
            (_, null) => $"AH {AhIntegrity.Name}",
            _ => $"AH {AhIntegrity.Name} and ESP {esp}",
        };
        return UseEsn ? $"{text} / ESN" : $"{text}";
    }
}
