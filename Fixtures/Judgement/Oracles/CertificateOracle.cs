// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Certificates;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the certificate payloads of phase 1 (RFC 2408 sections 3.9 and 3.10).</summary>
public static class CertificateOracle
{
    /// <summary>Who was asked for a certificate sends one, with the encoding that was asked for.</summary>
    /// <param name="messages">All messages, repetitions left out.</param>
    /// <param name="side">Who was asked.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? SentWhenAsked(IReadOnlyList<ObservedIke> messages, string side)
    {
        var request = messages.FirstOrDefault(m => m.From != side && Has<CertificateRequestPayload>(m));
        if (request is null)
        {
            return Finding.Nothing($"a certificate request to {side}");
        }

        var encoding = request.Message!.Find<CertificateRequestPayload>()!.CertificateType;
        var sent = Sent(messages, side);
        return sent.Any(one => one.Number > request.Number && one.Payload.Encoding == encoding && Certificate.TryRead(one.Payload.Data, out _, out _))
            ? null
            : new(
                $"behind the request in frame {request.Number} a certificate of encoding {encoding}",
                sent.Count == 0 ? "no certificate" : string.Join("; ", sent.Select(one => $"frame {one.Number}: encoding {one.Payload.Encoding}, {one.Payload.Data.Length} octets")));
    }

    /// <summary>A side sends so many certificates.</summary>
    /// <param name="messages">All messages, repetitions left out.</param>
    /// <param name="side">Who sends.</param>
    /// <param name="count">How many.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? Count(IReadOnlyList<ObservedIke> messages, string side, int count)
    {
        var sent = Sent(messages, side);
        return sent.Count == count ? null : new($"{count} certificates from {side}", $"{sent.Count}{string.Concat(sent.Select(one => $"; frame {one.Number}"))}");
    }

    /// <summary>A side neither sends certificates nor asks for any.</summary>
    /// <param name="messages">All messages, repetitions left out.</param>
    /// <returns>The first message with one; null when there is none.</returns>
    public static Finding? None(IReadOnlyList<ObservedIke> messages) =>
        messages.FirstOrDefault(m => m.Message is null) is { } unreadable ? Finding.Unreadable(unreadable)
        : messages.Count == 0 ? Finding.Nothing("messages to judge")
        : messages.FirstOrDefault(m => Has<CertificatePayload>(m) || Has<CertificateRequestPayload>(m)) is { } found
            ? new("no certificate and no request for one", $"frame {found.Number}: {MessageOracle.Text(found)}")
            : null;

    private static bool Has<T>(ObservedIke message)
        where T : Payload => message.Message?.Find<T>() is not null;

    private static List<(int Number, CertificatePayload Payload)> Sent(IReadOnlyList<ObservedIke> messages, string side)
    {
        var found = from message in messages
                    where message.From == side
                    from payload in message.Message?.All<CertificatePayload>() ?? []
                    select (message.Number, payload);
        return [.. found];
    }
}
