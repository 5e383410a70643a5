// SPDX-License-Identifier: Apache-2.0
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

/// <summary>An IKEv1 message in clear: header and payloads (RFC 2408 section 3).</summary>
/// <param name="Header">The header as read; when written, Next Payload and Length follow the payloads unless kept on purpose.</param>
/// <param name="Payloads">The payloads in their order.</param>
public sealed record IsakmpMessage(IsakmpHeader Header, ImmutableArray<Payload> Payloads)
{
    /// <summary>To a multiple of so many octets a message may be padded behind its last payload (RFC 2408 section 3.6).</summary>
    private const int Alignment = 4;

    /// <summary>
    /// Reads header and payloads of a message that is not encrypted, or has been decrypted in place and stripped of its padding. The
    /// declared length must be the datagram's, and the payloads must fill it but for <see cref="IsPadding"/>. The flags, version and exchange type are not judged. The
    /// payloads refer to the given memory, which must not change while they are used.
    /// </summary>
    public static bool TryReadClear(ReadOnlyMemory<byte> datagram, [NotNullWhen(true)] out IsakmpMessage? message, out WireError error)
    {
        message = null;
        if (!IsakmpHeader.TryRead(datagram.Span, out var header, out error) || !CheckLength(header, datagram.Length, out error))
        {
            return false;
        }

        if (!PayloadChain.TryRead(
            header.NextPayload, datagram[IsakmpHeader.Size..], IsakmpHeader.Size, out var payloads, out var consumed, out error))
        {
            return false;
        }

        var end = IsakmpHeader.Size + consumed;
        if (end != datagram.Length && !IsPadding(datagram.Span[end..], datagram.Length))
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{datagram.Length - end} octets after the last payload");
            return new WireError(WireErrorKind.TrailingBytes, end, "end", detail).Fail(out error);
        }

        message = new IsakmpMessage(header, payloads);
        return true;
    }

    /// <summary>Whether octets are padding that RFC 2408 section 3.6 permits at the end of a message: zeros that make its length a multiple of four octets.</summary>
    /// <param name="behind">What stands behind the last payload.</param>
    /// <param name="messageLength">Length of the whole message in octets.</param>
    public static bool IsPadding(ReadOnlySpan<byte> behind, int messageLength) =>
        behind.Length < Alignment && messageLength % Alignment == 0 && !behind.ContainsAnyExcept((byte)0);

    /// <summary>Writes the message.</summary>
    /// <param name="keepHeader">
    /// True to write the header as it is. Otherwise its Next Payload is the type of the first payload and its Length the true one.
    /// </param>
    public byte[] Encode(bool keepHeader = false)
    {
        var writer = new WireWriter();
        Header.Write(writer);
        PayloadChain.Write(writer, Payloads);
        if (!keepHeader)
        {
            writer.PatchU8(IsakmpHeader.NextPayloadOffset, (byte)(Payloads.IsEmpty ? PayloadType.None : Payloads[0].Type));
            writer.PatchU32(IsakmpHeader.LengthOffset, (uint)writer.Length);
        }

        return writer.ToArray();
    }

    /// <summary>The first payload of a kind, or null.</summary>
    public T? Find<T>()
        where T : Payload => All<T>().FirstOrDefault();

    /// <summary>All payloads of a kind in their order.</summary>
    public IEnumerable<T> All<T>()
        where T : Payload => Payloads.OfType<T>();

    /// <summary>Equal when headers and payloads are.</summary>
    public bool Equals(IsakmpMessage? other) => other is not null && Header == other.Header && Payloads.SequenceEqual(other.Payloads);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Header, Payloads.Length);

    /// <summary>"IdentityProtection 0123456789abcdef-0000000000000000: SA[..], VID[16]".</summary>
    public override string ToString() =>
        $"{Header.ExchangeType} {Header.InitiatorCookie}-{Header.ResponderCookie}: {string.Join(", ", Payloads)}";

    private static bool CheckLength(IsakmpHeader header, int there, out WireError error)
    {
        const string Field = "ISAKMP header > length";
        error = default;
        if (header.Length == there)
        {
            return true;
        }

        var detail = string.Create(CultureInfo.InvariantCulture, $"{header.Length} declared, {there} there");
        if (header.Length < IsakmpHeader.Size)
        {
            return new WireError(WireErrorKind.BadLength, IsakmpHeader.LengthOffset, Field, detail).Fail(out error);
        }

        if (header.Length > there)
        {
            return new WireError(WireErrorKind.Truncated, IsakmpHeader.LengthOffset, Field, detail).Fail(out error);
        }

        return new WireError(WireErrorKind.TrailingBytes, (int)header.Length, Field, detail).Fail(out error);
    }
}
