// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>What both ends know about one unidirectional ESP SA (RFC 4301 section 4.4.2.1). Immutable.</summary>
public sealed record EspSaParameters : SaParameters
{
    /// <inheritdoc/>
    public override IpProtocol Protocol => IpProtocol.Esp;

    /// <summary>The cipher or AEAD.</summary>
    public required EncryptionAlgorithm EncryptionAlgorithm { get; init; }

    /// <summary>
    /// The separate integrity algorithm: null with an AEAD, or for confidentiality alone (<see cref="ConfidentialityOnly"/>), which
    /// ESP allows (RFC 4303 section 3.2) without replay protection (section 3.4.3).
    /// </summary>
    public required IntegrityAlgorithm? IntegrityAlgorithm { get; init; }

    /// <summary>Key of the cipher or AEAD.</summary>
    public required ReadOnlyMemory<byte> EncryptionKey { get; init; }

    /// <summary>First octets of an AEAD's nonce (RFC 4106 section 4); empty otherwise.</summary>
    public ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>Key of the integrity algorithm; empty without one.</summary>
    public ReadOnlyMemory<byte> IntegrityKey { get; init; }

    /// <summary>
    /// Whether the SA is meant to encrypt without integrity, which has to be said explicitly because it protects against no active
    /// attacker (RFC 4303 section 3.2; RFC 8221 section 4).
    /// </summary>
    public bool ConfidentialityOnly { get; init; }

    /// <summary>
    /// Whether the IV is not sent but made of the sequence number (RFC 8750): for the ciphers that have an
    /// <see cref="EncryptionAlgorithm.IkeV2ImplicitIvId"/>.
    /// </summary>
    public bool ImplicitIv { get; init; }

    /// <summary>UDP encapsulation; null for plain ESP.</summary>
    public NatEncapsulation? Nat { get; init; }

    /// <inheritdoc/>
    public override int IcvSize => EncryptionAlgorithm.IsAead ? EncryptionAlgorithm.IcvSize : IntegrityAlgorithm?.IcvSize ?? 0;

    /// <summary>Size of the IV that each packet carries, in bytes.</summary>
    public int ExplicitIvSize => ImplicitIv ? 0 : EncryptionAlgorithm.IvSize;

    /// <summary>Keying material that one SA takes from KEYMAT, in bytes.</summary>
    /// <param name="encryption">The cipher or AEAD.</param>
    /// <param name="integrity">The integrity algorithm; null without a separate one.</param>
    /// <returns>Encryption key, salt and integrity key together.</returns>
    public static int KeyMaterialLength(EncryptionAlgorithm encryption, IntegrityAlgorithm? integrity)
    {
        ArgumentNullException.ThrowIfNull(encryption);
        return encryption.KeySize + encryption.SaltSize + (integrity?.KeySize ?? 0);
    }

    /// <summary>
    /// Parameters with keys cut from KEYMAT: encryption key first (RFC 4301 section 4.5.2), its salt right behind it
    /// (RFC 4106 section 8.1), integrity key last.
    /// </summary>
    /// <param name="name">The connection.</param>
    /// <param name="spi">The SPI.</param>
    /// <param name="source">Outer address of the sender.</param>
    /// <param name="destination">Outer address of the receiver.</param>
    /// <param name="encryption">The cipher or AEAD.</param>
    /// <param name="integrity">The integrity algorithm; null without a separate one.</param>
    /// <param name="keyMaterial">Exactly <see cref="KeyMaterialLength"/> bytes; they are copied.</param>
    /// <param name="mode">Tunnel or transport.</param>
    /// <param name="selectors">The traffic that the SA may carry.</param>
    /// <param name="confidentialityOnly">Whether the SA is meant to do without integrity, and so without replay protection.</param>
    /// <returns>The parameters, with the defaults of RFC 4303 for what is not given.</returns>
    /// <exception cref="ArgumentException">The keying material has another length.</exception>
    public static EspSaParameters FromKeyMaterial(
        string name,
        uint spi,
        IPAddress source,
        IPAddress destination,
        EncryptionAlgorithm encryption,
        IntegrityAlgorithm? integrity,
        ReadOnlySpan<byte> keyMaterial,
        SaMode mode,
        SelectorPair selectors,
        bool confidentialityOnly = false)
    {
        var length = KeyMaterialLength(encryption, integrity);
        if (keyMaterial.Length != length)
        {
            throw new ArgumentException($"{encryption.Name} takes {length} bytes, not {keyMaterial.Length}.", nameof(keyMaterial));
        }

        ReadOnlyMemory<byte> keys = keyMaterial.ToArray();
        return new EspSaParameters
        {
            Name = name,
            Spi = spi,
            Source = source,
            Destination = destination,
            EncryptionAlgorithm = encryption,
            IntegrityAlgorithm = integrity,
            EncryptionKey = keys[..encryption.KeySize],
            Salt = keys.Slice(encryption.KeySize, encryption.SaltSize),
            IntegrityKey = keys[(encryption.KeySize + encryption.SaltSize)..],
            ReplayWindowSize = confidentialityOnly ? 0 : DefaultReplayWindowSize,
            ConfidentialityOnly = confidentialityOnly,
            Mode = mode,
            Selectors = selectors,
        };
    }

    /// <inheritdoc/>
    public override void EnsureUsable()
    {
        Require(EncryptionKey.Length == EncryptionAlgorithm.KeySize, "the encryption key has the wrong size");
        Require(Salt.Length == EncryptionAlgorithm.SaltSize, "the salt has the wrong size");
        Require(IntegrityKey.Length == (IntegrityAlgorithm?.KeySize ?? 0), "the integrity key has the wrong size");
        Require(!EncryptionAlgorithm.IsAead || IntegrityAlgorithm is null, "an AEAD brings its own integrity");
        Require(IntegrityAlgorithm is null or { IsForEsp: true }, "the integrity algorithm is for AH alone");
        Require(IcvSize > 0 || ConfidentialityOnly, "encryption without integrity has to be asked for explicitly");
        Require(!ImplicitIv || EncryptionAlgorithm.IkeV2ImplicitIvId is not null, "no implicit IV is defined for the cipher");

        // NULL and no integrity would be nothing at all (RFC 4303 section 3.2); counter mode can be changed bit by bit (RFC 3686
        // section 2.2).
        Require(
            IcvSize > 0 || EncryptionAlgorithm.Mode == EncryptionMode.Cbc, "only CBC may do without integrity");
        base.EnsureUsable();
    }

    /// <summary>Identity and algorithms of the SA; no keys.</summary>
    /// <returns>For example "net: ESP 0xc0ffee01 198.51.100.1 -> 198.51.100.2 AES-CBC-128 / HMAC-SHA2-256-128 tunnel".</returns>
    public override string ToString()
    {
        var algorithms = IntegrityAlgorithm is null ? EncryptionAlgorithm.Name : $"{EncryptionAlgorithm.Name} / {IntegrityAlgorithm.Name}";
        var mode = Mode == SaMode.Tunnel ? "tunnel" : "transport";
        return $"{Name}: ESP 0x{Spi:x8} {Source} -> {Destination} {algorithms} {mode}";
    }
}
