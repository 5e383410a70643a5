// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges messages that come in fragments: payload type 132, announced by a vendor ID (RFC 2408 section 3.16).</summary>
public static class FragmentOracle
{
    /// <summary>Messages of phase 1 came in more than one piece, the others in one.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <param name="from">Whose.</param>
    /// <param name="number">The message that is too large for one datagram.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? CutOnly(IReadOnlyList<ObservedIke> messages, string from, int number)
    {
        var sent = messages.Where(message => message.From == from && message.Header.MessageId == 0).ToArray();
        var wrong = sent.FirstOrDefault(message => (message.Pieces > 1) != (message.Ordinal == number));
        return wrong is not null ? new($"message {number} in pieces, and no other", $"frame {wrong.Number}: message {wrong.Ordinal} of {wrong.Datagram.Length} octets in {wrong.Pieces} frames")
            : sent.Any(message => message.Ordinal == number) ? null
            : Finding.Nothing($"message {number} from {from}");
    }

    /// <summary>A side sends no fragment, although it has sent a message that is larger than a size.</summary>
    /// <param name="frames">Everything on the wire.</param>
    /// <param name="from">Which side.</param>
    /// <param name="size">The size in octets beyond which it would cut.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? None(IReadOnlyList<ObservedFrame> frames, string from, int size)
    {
        var piece = frames.FirstOrDefault(frame => frame.From == from && frame is ObservedFragment or ObservedIke { Pieces: > 1 } && frame.From == from);
        return piece is not null ? new("no payload of type 132, which nobody announced", $"frame {piece.Number} has one")
            : frames.OfType<ObservedIke>().Where(message => message.From == from).Select(message => message.Datagram.Length).DefaultIfEmpty().Max() is var largest && largest > size ? null
            : new($"a message of more than {size} octets from {from}", $"{largest} octets in the largest");
    }

    /// <summary>
    /// Fragments are clear messages that hold nothing else; those of one message have one ID and are numbered from 1, and no IP packet is
    /// larger than the limit.
    /// </summary>
    /// <param name="frames">Everything on the wire; the piece that completes a message is seen as the message.</param>
    /// <param name="from">Whose.</param>
    /// <param name="limit">Largest IP packet in octets.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? WellFormed(IReadOnlyList<ObservedFrame> frames, string from, int limit)
    {
        var pieces = frames.OfType<ObservedFragment>().Where(piece => piece.From == from).ToArray();
        foreach (var piece in pieces)
        {
            if (piece.Header.IsEncrypted || piece.Header.NextPayload != PayloadType.Fragment || piece.Fragment.IsLast)
            {
                return new("a clear message of one fragment, not marked as the last", $"frame {piece.Number}: {piece.Fragment}");
            }
        }

        foreach (var group in pieces.GroupBy(piece => piece.Fragment.FragmentId))
        {
            byte[] numbers = [.. group.Select(piece => piece.Fragment.Number).Distinct().Order()];
            if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Length).Select(number => (byte)number)))
            {
                return new($"fragments of message {group.Key} numbered from 1", string.Join(", ", numbers));
            }
        }

        var large = frames.FirstOrDefault(frame => frame.From == from && frame is ObservedFragment or ObservedIke { Pieces: > 1 } && frame.From == from && frame.Bytes.Length - EthernetHeader.Size > limit);
        return large is not null ? new($"no fragment in an IP packet of more than {limit} octets", $"frame {large.Number}: {large.Bytes.Length - EthernetHeader.Size} octets")
            : pieces.Length == 0 ? Finding.Nothing($"fragments from {from}")
            : null;
    }

    /// <summary>The first message of a side announces that it takes fragments.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <param name="from">Which side.</param>
    /// <param name="announces">Whether it is to.</param>
    /// <returns>Null when it does as it is to.</returns>
    public static Finding? Announced(IReadOnlyList<ObservedIke> messages, string from, bool announces)
    {
        var wanted = VendorIds.Fragmentation[..VendorIds.FragmentationSize];
        var ids = messages.FirstOrDefault(message => message.From == from)?.Message?.All<VendorIdPayload>().ToArray();
        return ids is null ? Finding.Nothing($"a readable message from {from}")
            : ids.Any(vendor => vendor.Id.Span.StartsWith(wanted.Span)) == announces ? null
            : new($"{(announces ? "" : "no ")}vendor ID {Convert.ToHexStringLower(wanted.Span)} from {from}", string.Join(", ", ids.Select(vendor => Convert.ToHexStringLower(vendor.Id.Span))));
    }
}
