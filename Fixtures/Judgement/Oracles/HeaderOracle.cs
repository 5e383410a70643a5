// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges header fields, reserved fields and encryption padding (RFC 2408 sections 2.5.2 and 3.1, RFC 2409 appendix B).</summary>
public static class HeaderOracle
{
    private const IsakmpFlags KnownFlags = IsakmpFlags.Encryption | IsakmpFlags.Commit | IsakmpFlags.AuthenticationOnly;

    /// <summary>Version, flags, length and, in phase 1, message ID.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>The first wrong one; null when all are right.</returns>
    public static Finding? Fields(IReadOnlyList<ObservedIke> messages)
    {
        foreach (var message in messages)
        {
            var header = message.Header;
            var wrong = header switch
            {
                { Version: not IsakmpHeader.Version10 } => ("version 0x10", $"version 0x{header.Version:x2}"),
                _ when (header.Flags & ~KnownFlags) != 0 => ("flags E, C and A only", $"flags 0x{(byte)header.Flags:x2}"),
                _ when header.Length != message.Datagram.Length => ($"length {message.Datagram.Length}, as long as the datagram is", $"length {header.Length}"),
                { ExchangeType: ExchangeType.IdentityProtection or ExchangeType.Aggressive, MessageId: not 0 } => ("message ID 0 in phase 1", $"message ID 0x{header.MessageId:x8}"),
                _ => default,
            };
            if (wrong.Item1 is not null)
            {
                return new(wrong.Item1, $"frame {message.Number}: {wrong.Item2}");
            }
        }

        return messages.Count == 0 ? Finding.Nothing("messages to judge") : null;
    }

    /// <summary>One side's cookie: never zero once it has spoken, and the same in all its messages.</summary>
    /// <param name="messages">The messages of that side.</param>
    /// <param name="isInitiator">Whether that side started phase 1.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? OwnCookie(IEnumerable<ObservedIke> messages, bool isInitiator)
    {
        var cookies = messages.Select(m => isInitiator ? m.Header.InitiatorCookie : m.Header.ResponderCookie).Distinct().ToArray();
        return cookies is [{ IsZero: false }]
            ? null
            : new("one cookie that is not zero", cookies.Length == 0 ? "no message" : string.Join(", ", cookies));
    }

    /// <summary>Reserved octets of all payloads and of the structures within them.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>The first that is not zero; null when all are.</returns>
    public static Finding? Reserved(IReadOnlyList<ObservedIke> messages)
    {
        foreach (var message in messages)
        {
            if (message.Message is null)
            {
                return Finding.Unreadable(message);
            }

            foreach (var payload in message.Message.Payloads)
            {
                if (payload.Reserved != 0)
                {
                    return Wrong(message, $"{payload.Type.Notation()} > reserved is 0x{payload.Reserved:x2}");
                }

                foreach (var proposal in payload is SaPayload sa ? sa.Proposals : [])
                {
                    if (proposal.Reserved != 0 || proposal.Transforms.Any(t => t.Reserved != 0 || t.Reserved2 != 0))
                    {
                        return Wrong(message, $"SA > proposal {proposal.Number} or a transform of it has a reserved field that is not zero");
                    }
                }
            }
        }

        return messages.Count == 0 ? Finding.Nothing("messages to judge") : null;

        static Finding Wrong(ObservedIke message, string came) => new("every reserved field is zero", $"frame {message.Number}: {came}");
    }

    /// <summary>
    /// What follows the last payload of an encrypted message: zeros (RFC 2409 appendix B). Some implementations put the pad length into the
    /// last octet, as RFC 2408 section 3.1 does not forbid: that is let pass, whether it counts itself or not.
    /// </summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? EncryptionPadding(IEnumerable<ObservedIke> messages)
    {
        ObservedIke[] encrypted = [.. messages.Where(message => message.Header.IsEncrypted)];
        foreach (var message in encrypted)
        {
            if (message.Padding is not { } padding)
            {
                return Finding.Unreadable(message);
            }

            if (!IsZeroPadding(padding.Span))
            {
                return new("padding of zero octets", $"frame {message.Number}: {Convert.ToHexStringLower(padding.Span)}");
            }
        }

        return encrypted.Length == 0 ? Finding.Nothing("encrypted messages to judge") : null;
    }

    private static bool IsZeroPadding(ReadOnlySpan<byte> padding) =>
        padding.IsEmpty
        || (!padding[..^1].ContainsAnyExcept((byte)0) && (padding[^1] == 0 || padding[^1] == padding.Length || padding[^1] == padding.Length - 1));
}
