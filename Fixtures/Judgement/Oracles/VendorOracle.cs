// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges vendor IDs and what they allow (RFC 2408 section 3.16).</summary>
public static class VendorOracle
{
    private const byte FirstPrivateType = 128;

    /// <summary>Vendor IDs are sent in phase 1 only.</summary>
    /// <param name="messages">The messages of one sender, phase 2 among them.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? OnlyInPhase1(IReadOnlyList<ObservedIke> messages)
    {
        var phase2 = messages.Where(message => message.Header.MessageId != 0).ToArray();
        return phase2.FirstOrDefault(message => message.Message is null) is { } unreadable ? Finding.Unreadable(unreadable)
            : phase2.FirstOrDefault(message => message.Message!.Find<VendorIdPayload>() is not null) is { } wrong
                ? new("vendor IDs in phase 1 only", $"frame {wrong.Number}: {MessageOracle.Text(wrong)}")
            : phase2.Length == 0 ? Finding.Nothing("messages of phase 2 to judge") : null;
    }

    /// <summary>No payload of the private range is used.</summary>
    /// <param name="frames">Everything from one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? NoPrivatePayload(IReadOnlyList<ObservedFrame> frames)
    {
        const string Legal = "no payload of a type above 127";
        foreach (var frame in frames)
        {
            switch (frame)
            {
                case ObservedFragment fragment:
                    return new(Legal, $"frame {fragment.Number}: piece {fragment.Fragment.Number} of a fragmented message, type 132");
                case ObservedIke { Message: null } unreadable:
                    return Finding.Unreadable(unreadable);
                case ObservedIke ike when ike.Pieces > 1 || ike.Message!.Payloads.Any(payload => (byte)payload.Type >= FirstPrivateType):
                    return new(Legal, $"frame {ike.Number}: {MessageOracle.Text(ike)}{(ike.Pieces > 1 ? ", in pieces" : "")}");
            }
        }

        return frames.OfType<ObservedIke>().Any() ? null : Finding.Nothing("messages to judge");
    }
}
