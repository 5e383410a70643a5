// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Policy;
using static Ipsec.Ike.V1.DeadPeerDetection.ProbeState;

namespace Ipsec.Ike.V1.DeadPeerDetection;

/// <summary>The side that asks whether its peer is alive (RFC 3706 sections 5.4 and 6): pure functions of state and time.</summary>
internal static class Prober
{
    private const uint HighBit = 0x8000_0000;

    /// <summary>When to ask; null for not at all.</summary>
    public static DateTimeOffset? DueAt(ProbeState state, DeadPeerDetectionPolicy policy) => state switch
    {
        Listening { HasSent: false } when policy.OnlyWhenSending => null,
        Listening s when policy.Delay > TimeSpan.Zero => s.HeardAt + policy.Delay,
        _ => null,
    };

    /// <summary>The next question: the first number is random with the high bit zero, each following one larger by one (RFC 3706 section 6.2).</summary>
    public static ExpectAcknowledgement Ask(ProbeState state, IRandomSource random)
    {
        if (state.LastNumber is { } last)
        {
            return new(unchecked(last + 1));
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        return new(BinaryPrimitives.ReadUInt32BigEndian(bytes) & ~HighBit);
    }

    /// <summary>Any authenticated traffic of the peer is proof of life, and ends a question (RFC 3706 section 5.4).</summary>
    public static Listening Heard(ProbeState state, DateTimeOffset now) => new(state.LastNumber, now, HasSent: false);

    /// <summary>Traffic went to the peer.</summary>
    public static ProbeState Sent(ProbeState state) => state is Listening s ? s with { HasSent = true } : state;

    /// <summary>The answer must have the number of the question (RFC 3706 section 6.1).</summary>
    public static Rejection? OnAcknowledgement(ProbeState state, uint number) => state switch
    {
        ExpectAcknowledgement s when s.Number == number => null,
        ExpectAcknowledgement s => new("RFC 3706 section 6.1", $"R-U-THERE-ACK has number {number}, asked was {s.Number}"),
        _ => new("RFC 3706 section 6.1", $"R-U-THERE-ACK {number} without a question"),
    };
}
