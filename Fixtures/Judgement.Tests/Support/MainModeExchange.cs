// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Ipsec.Fixtures.Judgement.Tests.Support;

/// <summary>
/// Main Mode and a Delete as they cross the wire, made with the base library alone. Public values and hashes are random octets: what matters is
/// that messages are encrypted under the IVs of RFC 2409 appendix B, which a reader derives from the exchange itself.
/// </summary>
internal sealed class MainModeExchange
{
    private const int Identification = 5;
    private const int Hash = 8;
    private const int Nonce = 10;
    private const int Delete = 12;
    private const uint DeleteMessageId = 0x12345678;

    private readonly byte[] _initiatorCookie = RandomNumberGenerator.GetBytes(8);
    private readonly byte[] _responderCookie = RandomNumberGenerator.GetBytes(8);

    public MainModeExchange()
    {
        var publicInitiator = RandomNumberGenerator.GetBytes(256);
        var publicResponder = RandomNumberGenerator.GetBytes(256);
        var five = Encrypt(SHA256.HashData([.. publicInitiator, .. publicResponder])[..16], Identity(1));
        var six = Encrypt(five[^16..], Identity(2));
        byte[] id = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(id, DeleteMessageId);
        var delete = Encrypt(
            SHA256.HashData([.. six[^16..], .. id])[..16],
            [.. Payload(Delete, RandomNumberGenerator.GetBytes(32)), .. Payload(0, [0, 0, 0, 1, 3, 4, 0, 1, 0xC1, 2, 3, 4])]);
        Frames =
        [
            EspPackets.IkeFrame(true, Message(new byte[8], 1, 2, false, 0, SecurityAssociation)),
            EspPackets.IkeFrame(false, Message(_responderCookie, 1, 2, false, 0, SecurityAssociation)),
            EspPackets.IkeFrame(true, Message(_responderCookie, 4, 2, false, 0, KeyExchange(publicInitiator))),
            EspPackets.IkeFrame(false, Message(_responderCookie, 4, 2, false, 0, KeyExchange(publicResponder))),
            EspPackets.IkeFrame(true, Message(_responderCookie, Identification, 2, true, 0, five)),
            EspPackets.IkeFrame(false, Message(_responderCookie, Identification, 2, true, 0, six)),
            EspPackets.IkeFrame(false, Message(_responderCookie, Hash, 5, true, DeleteMessageId, delete)),
        ];
    }

    public byte[] EncryptionKey { get; } = RandomNumberGenerator.GetBytes(16);

    public string InitiatorCookieHex => Convert.ToHexString(_initiatorCookie);

    public ImmutableArray<byte[]> Frames { get; }

    /// <summary>One proposal, one transform: AES-CBC with 128 bits, SHA2-256, pre-shared key, group 14.</summary>
    private static byte[] SecurityAssociation
    {
        get
        {
            byte[] attributes = [0x80, 1, 0, 7, 0x80, 14, 0, 128, 0x80, 2, 0, 4, 0x80, 3, 0, 1, 0x80, 4, 0, 14];
            var transform = Payload(0, [1, 1, 0, 0, .. attributes]);
            var proposal = Payload(0, [1, 1, 0, 1, .. transform]);
            return Payload(0, [0, 0, 0, 1, 0, 0, 0, 1, .. proposal]);
        }
    }

    private static byte[] KeyExchange(byte[] publicValue) => [.. Payload(Nonce, publicValue), .. Payload(0, RandomNumberGenerator.GetBytes(32))];

    private static byte[] Identity(byte host) =>
        [.. Payload(Hash, [1, 0, 0, 0, 198, 51, 100, host]), .. Payload(0, RandomNumberGenerator.GetBytes(32))];

    private static byte[] Payload(byte next, byte[] body) => [next, 0, (byte)((body.Length + 4) >> 8), (byte)(body.Length + 4), .. body];

    private byte[] Encrypt(byte[] iv, byte[] payloads)
    {
        using var cipher = Aes.Create();
        cipher.Key = EncryptionKey;
        return cipher.EncryptCbc(payloads, iv, PaddingMode.Zeros);
    }

    private byte[] Message(byte[] responderCookie, byte next, byte exchange, bool encrypted, uint messageId, byte[] body)
    {
        var header = new byte[28];
        _initiatorCookie.CopyTo(header, 0);
        responderCookie.CopyTo(header, 8);
        header[16] = next;
        header[17] = 0x10;
        header[18] = exchange;
        header[19] = encrypted ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), messageId);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(24), (uint)(header.Length + body.Length));
        return [.. header, .. body];
    }
}
