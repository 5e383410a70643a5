// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Fragmentation;

/// <summary>
/// Cuts a finished message, encrypted where it is, into datagrams that hold one fragment payload each. No document
/// describes it; this is what the deployed implementations take.
/// </summary>
internal static class FragmentSplitter
{
    /// <summary>The field of the number has one byte.</summary>
    private const int MostFragments = byte.MaxValue;

    /// <summary>Cuts a message.</summary>
    /// <param name="message">Header and payloads.</param>
    /// <param name="exchange">
    /// Exchange type of the fragments: that of phase 1, with message ID zero, whatever the message is. Implementations
    /// look for the IKE SA by it, before they know what the fragments hold.
    /// </param>
    /// <param name="maximumDatagram">Largest datagram in bytes.</param>
    /// <returns>The datagrams in order; the message itself when it fits, or would need more fragments than can be numbered.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> message, ExchangeType exchange, int maximumDatagram)
    {
        var room = maximumDatagram - IsakmpHeader.Size - FragmentPayload.Overhead;
        var count = (message.Length + room - 1) / room;
        if (message.Length <= maximumDatagram || count > MostFragments || !IsakmpHeader.TryRead(message.Span, out var header, out _))
        {
            return [message];
        }

        var outer = header with { ExchangeType = exchange, Flags = IsakmpFlags.None, MessageId = 0 };
        var id = IdOf(message.Span);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new ReadOnlyMemory<byte>(new IsakmpMessage(outer, ImmutableArray.Create<Payload>(new FragmentPayload(
                id,
                (byte)(i + 1),
                i + 1 == count ? FragmentPayload.LastFlag : (byte)0,
                message.Slice(i * room, Math.Min(room, message.Length - (i * room)))))).Encode())),
        ];
    }

    /// <summary>The same for a message and its repetition, so that pieces of both complete each other; never zero.</summary>
    private static ushort IdOf(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        return (ushort)(BinaryPrimitives.ReadUInt16BigEndian(digest) | 1);
    }
}
