// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>What both ends know about one unidirectional AH SA (RFC 4301 section 4.4.2.1). Immutable.</summary>
public sealed record AhSaParameters : SaParameters
{
    /// <inheritdoc/>
    public override IpProtocol Protocol => IpProtocol.Ah;

    /// <summary>The integrity algorithm.</summary>
    public required IntegrityAlgorithm IntegrityAlgorithm { get; init; }

    /// <summary>Its key, and behind it the salt if the algorithm has one (RFC 4543 section 5.4).</summary>
    public required ReadOnlyMemory<byte> IntegrityKey { get; init; }

    /// <inheritdoc/>
    public override int IcvSize => IntegrityAlgorithm.IcvSize;

    /// <summary>Keying material that one SA takes from KEYMAT, in bytes.</summary>
    /// <param name="integrity">The integrity algorithm.</param>
    /// <returns>Its key, salt included.</returns>
    public static int KeyMaterialLength(IntegrityAlgorithm integrity)
    {
        ArgumentNullException.ThrowIfNull(integrity);
        return integrity.KeySize;
    }

    /// <summary>Parameters with the key cut from KEYMAT.</summary>
    /// <param name="name">The connection.</param>
    /// <param name="spi">The SPI.</param>
    /// <param name="source">Outer address of the sender.</param>
    /// <param name="destination">Outer address of the receiver.</param>
    /// <param name="integrity">The integrity algorithm.</param>
    /// <param name="keyMaterial">Exactly <see cref="KeyMaterialLength"/> bytes; they are copied.</param>
    /// <param name="mode">Tunnel or transport.</param>
    /// <param name="selectors">The traffic that the SA may carry.</param>
    /// <returns>The parameters, with the defaults of RFC 4302 for what is not given.</returns>
    /// <exception cref="ArgumentException">The keying material has another length.</exception>
    public static AhSaParameters FromKeyMaterial(
        string name,
        uint spi,
        IPAddress source,
        IPAddress destination,
        IntegrityAlgorithm integrity,
        ReadOnlySpan<byte> keyMaterial,
        SaMode mode,
        SelectorPair selectors)
    {
        var length = KeyMaterialLength(integrity);
        return keyMaterial.Length == length
            ? new AhSaParameters
            {
                Name = name,
                Spi = spi,
                Source = source,
                Destination = destination,
                IntegrityAlgorithm = integrity,
                IntegrityKey = keyMaterial.ToArray(),
                Mode = mode,
                Selectors = selectors,
            }
            : throw new ArgumentException($"{integrity.Name} takes {length} bytes, not {keyMaterial.Length}.", nameof(keyMaterial));
    }

    /// <inheritdoc/>
    public override void EnsureUsable()
    {
        Require(IntegrityKey.Length == KeyMaterialLength(IntegrityAlgorithm), "the integrity key has the wrong size");
        base.EnsureUsable();
    }

    /// <summary>Identity and algorithm of the SA; no keys.</summary>
    /// <returns>For example "net: AH 0xc0ffee01 198.51.100.1 -> 198.51.100.2 HMAC-SHA2-256-128 transport".</returns>
    public override string ToString()
    {
        var mode = Mode == SaMode.Tunnel ? "tunnel" : "transport";
        return $"{Name}: AH 0x{Spi:x8} {Source} -> {Destination} {IntegrityAlgorithm.Name} {mode}";
    }
}
