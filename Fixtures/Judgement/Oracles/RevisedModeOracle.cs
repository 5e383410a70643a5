// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges what everyone can see of the revised mode of public key encryption (RFC 2409 section 5.3).</summary>
public static class RevisedModeOracle
{
    /// <summary>The encrypted nonce comes first or behind HASH(1); what follows it, but for the proof, has whole cipher blocks.</summary>
    /// <param name="messages">The messages, repetitions left out.</param>
    /// <param name="blockSize">The negotiated cipher's.</param>
    /// <returns>The first payload that is not so; null when all are.</returns>
    public static Finding? BehindNonce(IEnumerable<ObservedIke> messages, int blockSize)
    {
        var sides = new HashSet<string>();
        foreach (var message in messages.Where(m => m.Header.MessageId == 0 && m.Message?.Find<NoncePayload>() is not null))
        {
            sides.Add(message.From);
            Payload[] payloads = [.. message.Message!.Payloads.SkipWhile(payload => payload is SaPayload)];
            if (payloads is not ([NoncePayload, ..] or [HashPayload, NoncePayload, ..]))
            {
                return new("the encrypted nonce first, or behind HASH(1)", $"frame {message.Number}: {MessageOracle.Text(message)}");
            }

            var wrong = payloads.SkipWhile(payload => payload is not NoncePayload).Skip(1)
                .FirstOrDefault(payload => payload is not HashPayload && (payload.Body.IsEmpty || payload.Body.Length % blockSize != 0));
            if (wrong is not null)
            {
                return new($"behind the nonce bodies of whole blocks of {blockSize} octets", $"frame {message.Number}: {wrong.Type} of {wrong.Body.Length}");
            }
        }

        return sides.Count == 2 ? null : Finding.Nothing("a nonce of each side");
    }
}
