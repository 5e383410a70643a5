// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;

namespace Ipsec.Sa;

/// <summary>What both ends know about one unidirectional ESP SA (RFC 4301 section 4.4.2.1). Immutable.</summary>
public sealed record EspSaParameters
{
    /// <summary>Replay window when none is asked for, in packets (RFC 4303 section 3.4.3).</summary>
    public const int DefaultReplayWindowSize = 64;

    /// <summary>Lowest SPI that may be on the wire: 0 is for local use, 1 to 255 are IANA's (RFC 4303 section 2.1).</summary>
    public const uint FirstUsableSpi = 256;

    /// <summary>The connection the SA belongs to: what the SPD entry that wants it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The number by which the receiver knows the SA (RFC 4303 section 2.1).</summary>
    public required uint Spi { get; init; }

    /// <summary>Outer address of the sender; in transport mode the packet's own.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>Outer address of the receiver; in transport mode the packet's own.</summary>
    public required IPAddress Destination { get; init; }

    /// <summary>The cipher or AEAD.</summary>
    public required EncryptionAlgorithm EncryptionAlgorithm { get; init; }

    /// <summary>
    /// The separate integrity algorithm: null with an AEAD, or for confidentiality alone, which ESP allows
    /// (RFC 4303 section 3.2) without replay protection (section 3.4.3).
    /// </summary>
    public required IntegrityAlgorithm? IntegrityAlgorithm { get; init; }

    /// <summary>Key of the cipher or AEAD.</summary>
    public required ReadOnlyMemory<byte> EncryptionKey { get; init; }

    /// <summary>First octets of an AEAD's nonce (RFC 4106 section 4); empty otherwise.</summary>
    public ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>Key of the integrity algorithm; empty without one.</summary>
    public ReadOnlyMemory<byte> IntegrityKey { get; init; }

    /// <summary>Width of the receiver's replay window, in packets; 0 turns the service off (RFC 4303 section 3.4.3).</summary>
    public int ReplayWindowSize { get; init; } = DefaultReplayWindowSize;

    /// <summary>Whether sequence numbers have 64 bits (RFC 4303 section 2.2.1).</summary>
    public bool ExtendedSequenceNumbers { get; init; }

    /// <summary>Tunnel or transport.</summary>
    public required SaMode Mode { get; init; }

    /// <summary>The traffic that the SA may carry; local is this endpoint's side in both directions.</summary>
    public required SelectorPair Selectors { get; init; }

    /// <summary>When the SA is to be replaced and when it ends.</summary>
    public SaLifetime Lifetime { get; init; } = SaLifetime.Unlimited;

    /// <summary>Size of the ICV at the end of each packet, in bytes; 0 without integrity.</summary>
    public int IcvSize => EncryptionAlgorithm.IsAead ? EncryptionAlgorithm.IcvSize : IntegrityAlgorithm?.IcvSize ?? 0;

    /// <summary>Whether an SPI is one that must not be given to an SA (RFC 4303 section 2.1).</summary>
    /// <param name="spi">The SPI.</param>
    /// <returns>True for 0 to 255.</returns>
    public static bool IsReservedSpi(uint spi) => spi < FirstUsableSpi;

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
        SelectorPair selectors)
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
            ReplayWindowSize = integrity is null && !encryption.IsAead ? 0 : DefaultReplayWindowSize,
            Mode = mode,
            Selectors = selectors,
        };
    }

    /// <summary>
    /// Refuses parameters that no SA can have: keys of wrong sizes, two integrity algorithms, replay checks without any.
    /// </summary>
    /// <exception cref="ArgumentException">What is wrong.</exception>
    public void EnsureUsable()
    {
        Require(EncryptionKey.Length == EncryptionAlgorithm.KeySize, "the encryption key has the wrong size");
        Require(Salt.Length == EncryptionAlgorithm.SaltSize, "the salt has the wrong size");
        Require(IntegrityKey.Length == (IntegrityAlgorithm?.KeySize ?? 0), "the integrity key has the wrong size");
        Require(!EncryptionAlgorithm.IsAead || IntegrityAlgorithm is null, "an AEAD brings its own integrity");

        // Without integrity anybody can move the window (RFC 4303 section 3.4.3).
        Require(IcvSize > 0 || ReplayWindowSize == 0, "replay protection needs integrity");
        Require(!ExtendedSequenceNumbers || ReplayWindowSize > 0, "the window is what tells the high half of a sequence number");
    }

    /// <summary>Identity and algorithms of the SA; no keys.</summary>
    /// <returns>For example "net: ESP 0xc0ffee01 198.51.100.1 -> 198.51.100.2 AES-CBC-128 / HMAC-SHA2-256-128 tunnel".</returns>
    public override string ToString()
    {
        var algorithms = IntegrityAlgorithm is null ? EncryptionAlgorithm.Name : $"{EncryptionAlgorithm.Name} / {IntegrityAlgorithm.Name}";
        var mode = Mode == SaMode.Tunnel ? "tunnel" : "transport";
        return $"{Name}: ESP 0x{Spi:x8} {Source} -> {Destination} {algorithms} {mode}";
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException($"{this}: {otherwise}.");
        }
    }
}
