// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges where the cookies of an IKE SA stand (RFC 2408 sections 2.5.3 and 3.15, RFC 2409 section 4).</summary>
public static class CookieOracle
{
    private const int CookiesSize = 16;

    /// <summary>Later exchanges have the cookies in the order of phase 1, whoever starts them.</summary>
    /// <param name="later">The messages of those exchanges.</param>
    /// <param name="initiator">The cookie of who started phase 1.</param>
    /// <param name="responder">The other one.</param>
    /// <returns>Null when there are such messages and all have them so.</returns>
    public static Finding? SameOrder(IReadOnlyList<ObservedIke> later, Cookie initiator, Cookie responder)
    {
        var wrong = later.FirstOrDefault(m => (m.Header.InitiatorCookie, m.Header.ResponderCookie) != (initiator, responder));
        return wrong is not null
            ? new($"cookies {initiator} {responder}, in this order", $"frame {wrong.Number}: {wrong.Header.InitiatorCookie} {wrong.Header.ResponderCookie}")
            : later.Count == 0 ? Finding.Nothing("messages after phase 1") : null;
    }

    /// <summary>One Delete for the ISAKMP SA, under it, naming it by its cookies.</summary>
    /// <param name="messages">The messages of who deletes.</param>
    /// <param name="initiator">The cookie of who started phase 1.</param>
    /// <param name="responder">The other one.</param>
    /// <returns>Null when it is so.</returns>
    public static Finding? DeleteOfTheIkeSa(IReadOnlyList<ObservedIke> messages, Cookie initiator, Cookie responder)
    {
        byte[] cookies = [.. initiator.ToBytes(), .. responder.ToBytes()];
        var deletes = (from message in messages
                       from delete in message.Message?.All<DeletePayload>() ?? []
                       where delete.ProtocolId == ProtocolId.Isakmp
                       select (message, delete)).ToArray();
        return deletes is [{ message.Header.IsEncrypted: true, delete: { SpiSize: CookiesSize, Spis: [var spi] } }] && spi.Span.SequenceEqual(cookies)
            ? null
            : new(
                $"one encrypted informational message with a Delete for ISAKMP, one SPI of 16 octets: {Convert.ToHexStringLower(cookies)}",
                deletes.Length == 0 ? "none" : string.Join("; ", deletes.Select(d => $"frame {d.message.Number}: {string.Join(", ", d.delete.Spis.Select(s => Convert.ToHexStringLower(s.Span)))}")));
    }
}
