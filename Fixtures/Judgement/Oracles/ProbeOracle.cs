// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the questions and answers of dead peer detection (RFC 3706).</summary>
public static class ProbeOracle
{
    private const uint HighBit = 0x8000_0000;
    private const int VendorIdSize = 16;
    private const int VersionSize = 2;

    /// <summary>The vendor ID is among those of phase 1, whatever version follows it.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it is.</returns>
    public static Finding? Announced(IEnumerable<ObservedIke> messages)
    {
        var ids = messages.Where(message => message.Header.MessageId == 0).SelectMany(message => message.Message?.All<VendorIdPayload>() ?? []).ToArray();
        var wanted = VendorIds.DeadPeerDetection[..(VendorIdSize - VersionSize)];
        return ids.Any(id => id.Id.Length == VendorIdSize && id.Id.Span.StartsWith(wanted.Span))
            ? null
            : new(
                $"vendor ID {Convert.ToHexStringLower(wanted.Span)} and 2 octets of version in phase 1",
                ids.Length == 0 ? "no vendor ID" : string.Join(", ", ids.Select(id => Convert.ToHexStringLower(id.Id.Span))));
    }

    /// <summary>The numbers of one kind of message, in order.</summary>
    /// <param name="messages">The messages of one sender, repetitions left out.</param>
    /// <param name="type">R-U-THERE or R-U-THERE-ACK.</param>
    /// <returns>The numbers.</returns>
    public static IReadOnlyList<uint> Numbers(IEnumerable<ObservedIke> messages, NotifyType type) =>
    [
        .. NotificationOracle.Of(messages)
            .Where(pair => pair.Notification.NotifyType == type && pair.Notification.Data.Length == sizeof(uint))
            .Select(pair => BinaryPrimitives.ReadUInt32BigEndian(pair.Notification.Data.Span)),
    ];

    /// <summary>Questions count up by one, from a number whose high bit is zero.</summary>
    /// <param name="numbers">The numbers of different questions, in order.</param>
    /// <returns>Null when they do and there are at least two.</returns>
    public static Finding? CountsUp(IReadOnlyList<uint> numbers)
    {
        var isRight = numbers.Count > 1
            && (numbers[0] & HighBit) == 0
            && numbers.Zip(numbers.Skip(1), (earlier, later) => unchecked(later - earlier)).All(step => step == 1);
        return isRight ? null : new("two or more questions, the first numbered below 2147483648 and each later one one higher", Text(numbers));
    }

    /// <summary>Exactly these questions were acknowledged.</summary>
    /// <param name="numbers">The numbers of the acknowledgements.</param>
    /// <param name="wanted">Those of the questions that deserved one.</param>
    /// <returns>Null when it is so.</returns>
    public static Finding? Acknowledged(IReadOnlyList<uint> numbers, IReadOnlyList<uint> wanted) =>
        numbers.SequenceEqual(wanted) ? null : new($"R-U-THERE-ACK {Text(wanted)}", numbers.Count == 0 ? "no R-U-THERE-ACK" : Text(numbers));

    private static string Text(IEnumerable<uint> numbers) => string.Join(", ", numbers);
}
