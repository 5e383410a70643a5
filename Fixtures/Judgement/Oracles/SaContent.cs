// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What one SA holds (RFC 4301 section 4.4.2.1), on whichever side it is asked for.</summary>
/// <param name="Protocol">ESP or AH.</param>
/// <param name="Spi">The SPI.</param>
/// <param name="Source">Outer source address.</param>
/// <param name="Destination">Outer destination address.</param>
/// <param name="Mode">Tunnel or transport.</param>
/// <param name="EncryptionKey">Key of the cipher or AEAD with its salt, in hex; empty for none.</param>
/// <param name="IntegrityKey">Key of the integrity algorithm, in hex; empty for none.</param>
/// <param name="IcvBits">Length of the ICV.</param>
/// <param name="HasEsn">Whether sequence numbers have 64 bits.</param>
public sealed record SaContent(
    IpProtocol Protocol, uint Spi, IPAddress Source, IPAddress Destination, SaMode Mode, string EncryptionKey, string IntegrityKey, int IcvBits, bool HasEsn)
{
    /// <summary>The content of an SA of ours.</summary>
    /// <param name="sa">Its parameters.</param>
    /// <returns>The same, as peers tell it.</returns>
    public static SaContent Of(SaParameters sa)
    {
        ArgumentNullException.ThrowIfNull(sa);
        return new(
            sa.Protocol,
            sa.Spi,
            sa.Source,
            sa.Destination,
            sa.Mode,
            sa is EspSaParameters cipher ? Convert.ToHexStringLower([.. cipher.EncryptionKey.Span, .. cipher.Salt.Span]) : "",
            Convert.ToHexStringLower(sa is EspSaParameters esp ? esp.IntegrityKey.Span : sa is AhSaParameters ah ? ah.IntegrityKey.Span : []),
            sa.IcvSize * 8,
            sa.ExtendedSequenceNumbers);
    }

    /// <summary>Every SA of one side is on the other side with the same content, and no other SA is.</summary>
    /// <param name="own">This side's SAs.</param>
    /// <param name="listed">What the other side lists.</param>
    /// <returns>The first field that differs; null when none does.</returns>
    public static Finding? Same(IReadOnlyList<SaContent> own, IReadOnlyList<SaContent> listed)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(listed);
        if (own.Count == 0)
        {
            return Finding.Nothing("SAs to compare");
        }

        foreach (var sa in own)
        {
            var others = listed.Where(other => (other.Protocol, other.Spi) == (sa.Protocol, sa.Spi)).ToArray();
            if (others is not [var other])
            {
                return new($"one {sa.Protocol} SA with SPI {sa.Spi:x8}", $"{others.Length}; SPIs {string.Join(", ", listed.Select(one => $"{one.Spi:x8}").DefaultIfEmpty("none"))}");
            }

            if (sa.Fields.Zip(other.Fields).FirstOrDefault(pair => pair.First != pair.Second) is ({ } wanted, { } came) && wanted != came)
            {
                return new($"SPI {sa.Spi:x8}: {wanted}", came);
            }
        }

        return listed.Count == own.Count ? null : new($"{own.Count} SAs", $"{listed.Count}");
    }

    private IEnumerable<string> Fields =>
    [
        $"from {Source} to {Destination}",
        $"{Mode} mode",
        $"encryption key {EncryptionKey}",
        $"integrity key {IntegrityKey}",
        $"an ICV of {IcvBits} bits",
        HasEsn ? "64-bit sequence numbers" : "32-bit sequence numbers",
    ];
}
