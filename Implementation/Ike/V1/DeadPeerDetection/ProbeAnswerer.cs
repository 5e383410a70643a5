// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.DeadPeerDetection;

/// <summary>
/// The side that is asked: keeps the peer's number, which it must have increased, so that a question cannot be replayed
/// (RFC 3706 sections 6.2 and 7).
/// </summary>
/// <param name="LastNumber">The peer's last number; null before its first question.</param>
internal sealed record ProbeAnswerer(uint? LastNumber)
{
    /// <summary>Questions that may have been lost before one arrives: a window as RFC 3706 section 6.2 permits.</summary>
    public const uint Window = 16;

    /// <summary>Nothing was asked yet.</summary>
    public static ProbeAnswerer Initial { get; } = new((uint?)null);

    /// <summary>A question.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="next">The answerer from then on.</param>
    /// <returns>Null when it is to be answered.</returns>
    public Rejection? OnQuestion(uint number, out ProbeAnswerer next)
    {
        next = this;
        if (LastNumber is { } last && unchecked(number - last - 1) >= Window)
        {
            return new("RFC 3706 section 6.2", $"R-U-THERE has number {number}, expected was {unchecked(last + 1)}");
        }

        next = new(number);
        return null;
    }
}
