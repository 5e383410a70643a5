// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace Ipsec.Fixtures.Judgement.Tests.Support;

/// <summary>Frames with ESP in tunnel mode, made with the base library's cryptography and nothing of the suite's own.</summary>
internal static class EspPackets
{
    public static readonly IPAddress West = IPAddress.Parse("198.51.100.1");
    public static readonly IPAddress East = IPAddress.Parse("198.51.100.2");
    private const byte Icmp = 1;
    private const byte Esp = 50;
    private const byte Udp = 17;
    private const byte IpInIp = 4;

    /// <summary>An ICMP echo request from 198.18.1.1 to 198.18.2.1, 20 + 8 + 24 octets.</summary>
    public static byte[] InnerEcho(ushort sequence)
    {
        var icmp = new byte[8 + 24];
        icmp[0] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(icmp.AsSpan(4), 0xBEEF);
        BinaryPrimitives.WriteUInt16BigEndian(icmp.AsSpan(6), sequence);
        BinaryPrimitives.WriteUInt16BigEndian(icmp.AsSpan(2), Checksum(icmp));
        return Ipv4(IPAddress.Parse("198.18.1.1"), IPAddress.Parse("198.18.2.1"), Icmp, icmp);
    }

    /// <summary>
    /// RFC 4106: header, 8 octets of IV, ciphertext, ICV; the nonce is salt then IV, the AAD is SPI then sequence number.
    /// </summary>
    public static byte[] AesGcm(byte[] key, byte[] salt, uint spi, uint sequence, int icvSize = 16)
    {
        var iv = RandomNumberGenerator.GetBytes(8);
        var plaintext = WithTrailer(InnerEcho((ushort)sequence), 4);
        var ciphertext = new byte[plaintext.Length];
        var icv = new byte[16];
        var header = Header(spi, sequence);
        using var cipher = new AesGcm(key, icv.Length);
        byte[] nonce = [.. salt, .. iv];
        cipher.Encrypt(nonce, plaintext, ciphertext, icv, header);
        return Frame(Ipv4(West, East, Esp, [.. header, .. iv, .. ciphertext, .. icv[..icvSize]]));
    }

    /// <summary>RFC 3602 with an HMAC: header, 16 octets of IV, ciphertext, ICV over all before.</summary>
    public static byte[] AesCbc(byte[] key, Func<byte[], byte[]> icv, uint spi, uint sequence)
    {
        var iv = RandomNumberGenerator.GetBytes(16);
        using var cipher = Aes.Create();
        cipher.Key = key;
        var ciphertext = cipher.EncryptCbc(WithTrailer(InnerEcho((ushort)sequence), 16), iv, PaddingMode.None);
        byte[] covered = [.. Header(spi, sequence), .. iv, .. ciphertext];
        return Frame(Ipv4(West, East, Esp, [.. covered, .. icv(covered)]));
    }

    /// <summary>RFC 2451 with an HMAC: header, 8 octets of IV, ciphertext, ICV over all before.</summary>
    public static byte[] TripleDesCbc(byte[] key, Func<byte[], byte[]> icv, uint spi, uint sequence)
    {
        var iv = RandomNumberGenerator.GetBytes(8);
        using var cipher = TripleDES.Create();
        cipher.Key = key;
        return Whole(spi, sequence, iv, cipher.EncryptCbc(WithTrailer(InnerEcho((ushort)sequence), 8), iv, PaddingMode.None), icv);
    }

    /// <summary>RFC 3686 with an HMAC: the key stream is the encryption of nonce, IV and a counter that begins with 1.</summary>
    public static byte[] AesCounter(byte[] key, byte[] nonce, Func<byte[], byte[]> icv, uint spi, uint sequence)
    {
        var iv = RandomNumberGenerator.GetBytes(8);
        var text = WithTrailer(InnerEcho((ushort)sequence), 4);
        using var cipher = Aes.Create();
        cipher.Key = key;
        for (var i = 0; i < text.Length; i++)
        {
            byte[] counter = [.. nonce, .. iv, 0, 0, 0, (byte)(i / 16 + 1)];
            text[i] ^= cipher.EncryptEcb(counter, PaddingMode.None)[i % 16];
        }

        return Whole(spi, sequence, iv, text, icv);
    }

    /// <summary>RFC 2410 with an HMAC: header, plaintext, ICV over all before.</summary>
    public static byte[] Null(Func<byte[], byte[]> icv, uint spi, uint sequence) =>
        Whole(spi, sequence, [], WithTrailer(InnerEcho((ushort)sequence), 4), icv);

    /// <summary>A UDP datagram in an Ethernet frame between West and East, from and to port 500.</summary>
    public static byte[] IkeFrame(bool fromWest, ReadOnlySpan<byte> payload)
    {
        var udp = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(udp, 500);
        BinaryPrimitives.WriteUInt16BigEndian(udp.AsSpan(2), 500);
        BinaryPrimitives.WriteUInt16BigEndian(udp.AsSpan(4), (ushort)udp.Length);
        payload.CopyTo(udp.AsSpan(8));
        return Frame(fromWest ? Ipv4(West, East, Udp, udp) : Ipv4(East, West, Udp, udp));
    }

    private static byte[] Whole(uint spi, uint sequence, byte[] iv, byte[] ciphertext, Func<byte[], byte[]> icv)
    {
        byte[] covered = [.. Header(spi, sequence), .. iv, .. ciphertext];
        return Frame(Ipv4(West, East, Esp, [.. covered, .. icv(covered)]));
    }

    private static byte[] Header(uint spi, uint sequence)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(header, spi);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), sequence);
        return header;
    }

    private static byte[] WithTrailer(byte[] inner, int alignment)
    {
        var padding = (alignment - ((inner.Length + 2) % alignment)) % alignment;
        return [.. inner, .. Enumerable.Range(1, padding).Select(octet => (byte)octet), (byte)padding, IpInIp];
    }

    private static byte[] Ipv4(IPAddress source, IPAddress destination, byte protocol, byte[] payload)
    {
        var packet = new byte[20 + payload.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = protocol;
        source.GetAddressBytes().CopyTo(packet, 12);
        destination.GetAddressBytes().CopyTo(packet, 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, 20)));
        payload.CopyTo(packet, 20);
        return packet;
    }

    private static byte[] Frame(byte[] packet) =>
        [0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, 0x08, 0x00, .. packet];

    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)((bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
        }

        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
