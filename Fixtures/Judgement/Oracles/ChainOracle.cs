// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Walks the chains of payloads octet by octet (RFC 2408 sections 3.2 and 3.4), without asking the parser what it made of them.</summary>
public static class ChainOracle
{
    private const int LengthAt = 2;

    /// <summary>Every chain fills its message but for encryption padding, and its last payload says that none follows.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? Whole(IReadOnlyList<ObservedIke> messages) =>
        First(messages, "payloads whose lengths add up to the message's, the last with next payload 0", Broken);

    /// <summary>What an SA payload says that follows it is never a Proposal or a Transform: these stand within it.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? NothingOfTheSaBehindIt(IReadOnlyList<ObservedIke> messages) =>
        First(messages, "an SA payload with another next payload than Proposal (2) or Transform (3)", message =>
            Chain(message).Where(payload => payload.Type == PayloadType.Sa && payload.Octets.Length > 0)
                .Select(payload => (PayloadType)payload.Octets.Span[0])
                .FirstOrDefault(next => next is PayloadType.Proposal or PayloadType.Transform) is var found && found != PayloadType.None
                    ? $"next payload {(byte)found} in an SA payload"
                    : null);

    private static Finding? First(IReadOnlyList<ObservedIke> messages, string legal, Func<ObservedIke, string?> wrong)
    {
        foreach (var message in messages)
        {
            if (message.Message is null)
            {
                return Finding.Unreadable(message);
            }

            if (wrong(message) is { } came)
            {
                return new(legal, $"frame {message.Number}: {came}");
            }
        }

        return messages.Count == 0 ? Finding.Nothing("messages to judge") : null;
    }

    private static string? Broken(ObservedIke message)
    {
        var left = Octets(message).Length;
        var chain = Chain(message).ToArray();
        if (chain.Sum(payload => payload.Octets.Length) != left)
        {
            return $"payloads of {string.Join(" + ", chain.Select(payload => payload.Octets.Length))} octets in {left}";
        }

        return chain is [.., var last] && last.Octets.Span[0] == 0 ? null : "the last payload names a next one";
    }

    /// <summary>The payloads as their own fields delimit them; the last one may be cut short.</summary>
    private static IEnumerable<(PayloadType Type, ReadOnlyMemory<byte> Octets)> Chain(ObservedIke message)
    {
        var rest = Octets(message);
        var type = message.Header.NextPayload;
        while (type != PayloadType.None && rest.Length >= Payload.HeaderSize)
        {
            var length = (rest.Span[LengthAt] << 8) | rest.Span[LengthAt + 1];
            if (length < Payload.HeaderSize || length > rest.Length)
            {
                yield return (type, rest[..Payload.HeaderSize]);
                yield break;
            }

            yield return (type, rest[..length]);
            type = (PayloadType)rest.Span[0];
            rest = rest[length..];
        }
    }

    /// <summary>What follows the header, decrypted and without encryption padding.</summary>
    private static ReadOnlyMemory<byte> Octets(ObservedIke message) => message.Header.IsEncrypted
        ? (byte[])[.. message.Message!.Payloads.SelectMany(payload => payload.Raw.ToArray())]
        : message.Datagram[IsakmpHeader.Size..];
}
