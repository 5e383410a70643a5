// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges new group mode, and the use of the group that it gave (RFC 2409 section 5.6).</summary>
public static class NewGroupOracle
{
    /// <summary>HASH(1) and HASH(2) are both prf(SKEYID_a, M-ID | SA), each of the SA behind it.</summary>
    /// <param name="messages">All IKE messages, repetitions left out.</param>
    /// <param name="prf">The negotiated one.</param>
    /// <param name="skeyidA">SKEYID_a.</param>
    /// <returns>Null when it holds of both.</returns>
    public static Finding? Hashes(IReadOnlyList<ObservedIke> messages, PrfAlgorithm prf, ReadOnlySpan<byte> skeyidA)
    {
        var judged = Messages(messages);
        foreach (var message in judged)
        {
            if (message.Message is not { Payloads: [HashPayload hash, SaPayload sa] })
            {
                return new("HASH and SA", $"frame {message.Number}: {MessageOracle.Text(message)}");
            }

            var expected = KeySchedule.Hash1(prf, skeyidA, message.Header.MessageId, sa.Raw.Span);
            if (!hash.Hash.Span.SequenceEqual(expected))
            {
                return new($"HASH {Convert.ToHexStringLower(expected)}", $"frame {message.Number}: {Convert.ToHexStringLower(hash.Hash.Span)}");
            }
        }

        return judged.Length < 2 ? Finding.Nothing("both messages of new group mode") : null;
    }

    /// <summary>No message of new group mode comes before phase 1 is over.</summary>
    /// <param name="messages">All IKE messages, repetitions left out.</param>
    /// <param name="sender">Whose are judged.</param>
    /// <returns>Null when the sender began new group mode under an IKE SA.</returns>
    public static Finding? AfterPhase1(IReadOnlyList<ObservedIke> messages, string sender)
    {
        const int MainModeMessages = 6;
        var first = Messages(messages).FirstOrDefault(message => message.From == sender);
        if (first is null)
        {
            return Finding.Nothing($"new group mode from {sender}");
        }

        var before = messages.Count(message => message.Number < first.Number && message.Header is { MessageId: 0, ExchangeType: ExchangeType.IdentityProtection }
            && message.Header.InitiatorCookie == first.Header.InitiatorCookie);
        return before == MainModeMessages && first.Header.IsEncrypted
            ? null
            : new("new group mode encrypted, after the six messages of main mode", $"frame {first.Number}: {MessageOracle.Text(first)}, after {before} messages of main mode");
    }

    /// <summary>Quick mode uses the group: every transform names it, and every public value has the size of its modulus.</summary>
    /// <param name="messages">All IKE messages, repetitions left out.</param>
    /// <param name="group">The group's number.</param>
    /// <param name="size">Size of its modulus in octets.</param>
    /// <returns>Null when it holds of messages 1 and 2.</returns>
    public static Finding? UsedBy(IReadOnlyList<ObservedIke> messages, ushort group, int size)
    {
        ObservedIke[] judged = [.. messages.Where(message => message.Header.ExchangeType == ExchangeType.QuickMode && message.Ordinal < 3)];
        if (SaPayloadOracle.GroupInEveryTransform(judged, group) is { } wrong)
        {
            return wrong;
        }

        var other = judged.FirstOrDefault(message => message.Message?.Find<KeyExchangePayload>()?.PublicValue.Length != size);
        return other is null ? null : new(
            $"a public value of {size} octets",
            $"frame {other.Number}: {(other.Message?.Find<KeyExchangePayload>() is { } exchange ? $"{exchange.PublicValue.Length} octets" : "none")}");
    }

    private static ObservedIke[] Messages(IEnumerable<ObservedIke> messages) => [.. messages.Where(message => message.Header.ExchangeType == ExchangeType.NewGroupMode)];
}
