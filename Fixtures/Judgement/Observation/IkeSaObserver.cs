// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// Follows the messages of one IKE SA and decrypts them with the key alone: cipher and hash are read from the chosen
/// transform, the first IV from the public values, the rest from the ciphertext (RFC 2409 appendix B). A scenario may send
/// messages that their receiver refuses, and a refused one leaves the receiver's IV where it was: so every IV that can be
/// meant is tried, the newest first.
/// </summary>
internal sealed class IkeSaObserver
{
    private readonly Dictionary<(ExchangeType Exchange, uint MessageId), Exchange> _exchanges = [];
    private readonly Dictionary<bool, byte[]> _publicValues = [];
    private readonly List<byte[]> _phase1Ivs = [];
    private EncryptionAlgorithm? _encryption;
    private PrfAlgorithm? _hash;
    private string? _initiator;

    /// <summary>Messages that come in pieces.</summary>
    public FragmentCollector Fragments { get; } = new();

    /// <summary>The key; null as long as nobody told it.</summary>
    public ReadOnlyMemory<byte>? EncryptionKey { get; set; }

    public sealed record Reading(IsakmpMessage? Message, int Ordinal, bool IsRepeat, string? Problem, ReadOnlyMemory<byte>? Padding);

    /// <summary>Reads a message.</summary>
    /// <param name="from">Who sent it: whoever sends the first one is the initiator.</param>
    /// <param name="header">Its header.</param>
    /// <param name="datagram">Header and payloads.</param>
    public Reading Read(string from, IsakmpHeader header, ReadOnlyMemory<byte> datagram)
    {
        _initiator ??= from;
        var key = (header.ExchangeType, header.MessageId);
        if (!_exchanges.TryGetValue(key, out var exchange))
        {
            exchange = new Exchange();
            _exchanges.Add(key, exchange);
        }

        var seen = exchange.Seen.FindIndex(earlier => earlier.Bytes.Span.SequenceEqual(datagram.Span));
        if (seen >= 0)
        {
            return exchange.Seen[seen].Reading with { IsRepeat = true };
        }

        ReadOnlyMemory<byte>? padding = null;
        var message = header.IsEncrypted ? ReadEncrypted(header, datagram, exchange, out padding, out var problem) : ReadClear(from, datagram, out problem);
        var reading = new Reading(message, exchange.Seen.Count + 1, false, problem, padding);
        exchange.Seen.Add((datagram, reading));
        return reading;
    }

    private IsakmpMessage? ReadClear(string from, ReadOnlyMemory<byte> datagram, out string? problem)
    {
        if (!IsakmpMessage.TryReadClear(datagram, out var message, out var error))
        {
            problem = error.ToString();
            return null;
        }

        problem = null;
        Learn(from, message);
        return message;
    }

    private IsakmpMessage? ReadEncrypted(IsakmpHeader header, ReadOnlyMemory<byte> datagram, Exchange exchange, out ReadOnlyMemory<byte>? padding, out string? problem)
    {
        padding = null;
        var ciphertext = datagram[IsakmpHeader.Size..];
        if (EncryptionKey is not { } key || _encryption is null || _hash is null || _phase1Ivs.Count == 0)
        {
            problem = "no key";
            return null;
        }

        if (key.Length != _encryption.KeySize)
        {
            problem = $"a key of {key.Length} octets for {_encryption.Name}";
            return null;
        }

        if (ciphertext.Length == 0 || ciphertext.Length % _encryption.BlockSize != 0)
        {
            problem = "not whole cipher blocks";
            return null;
        }

        var isPhase1 = header.MessageId == 0;
        var ivs = isPhase1 ? _phase1Ivs : exchange.Ivs;
        if (ivs.Count == 0)
        {
            // The last phase 1 block is that of message 6, or of message 5 when an error was told in place of message 6.
            ivs.AddRange(_phase1Ivs.Select(last => KeySchedule.Phase2Iv(_hash, last, header.MessageId, _encryption.BlockSize)));
        }

        using var cipher = _encryption.CreateCbc(key.Span);
        var plaintext = new byte[ciphertext.Length];
        problem = null;
        for (var i = ivs.Count - 1; i >= 0; i--)
        {
            cipher.Decrypt(ivs[i], ciphertext.Span, plaintext);
            if (PayloadChain.TryRead(header.NextPayload, plaintext, IsakmpHeader.Size, out var payloads, out var consumed, out var error))
            {
                ivs.Add(ciphertext[^_encryption.BlockSize..].ToArray());
                padding = plaintext.AsMemory(consumed);
                return new IsakmpMessage(header, payloads);
            }

            problem ??= $"does not decrypt with this key: {error}";
        }

        if (isPhase1)
        {
            // In the revised mode of public key encryption the public values are encrypted and the first IV cannot be known (RFC 2409
            // section 5.3): that message stays closed, and the next one's IV is its last block all the same. Likelier ones come first.
            _phase1Ivs.Insert(0, ciphertext[^_encryption.BlockSize..].ToArray());
        }

        return null;
    }

    private void Learn(string from, IsakmpMessage message)
    {
        if (message.Find<SaPayload>() is { Proposals: [{ Transforms: [var transform] }] } && message.Header is { ResponderCookie.IsZero: false })
        {
            Learn(transform);
        }

        if (message.Find<KeyExchangePayload>() is { } exchange && message.Header.MessageId == 0)
        {
            _publicValues[from == _initiator] = exchange.PublicValue.ToArray();
            if (_publicValues.Count == 2 && _hash is not null && _encryption is not null)
            {
                _phase1Ivs.Add(KeySchedule.Phase1Iv(_hash, _publicValues[true], _publicValues[false], _encryption.BlockSize));
            }
        }
    }

    private void Learn(Transform transform)
    {
        var bits = Number(transform, Phase1Attribute.KeyLength);
        _encryption = EncryptionAlgorithm.FindPhase1((ushort)(Number(transform, Phase1Attribute.EncryptionAlgorithm) ?? 0), (int?)bits);
        _hash = PrfAlgorithm.FindIkeV1((ushort)(Number(transform, Phase1Attribute.HashAlgorithm) ?? 0));
    }

    private static ulong? Number(Transform transform, Phase1Attribute type) =>
        transform.TryGet((ushort)type, out var attribute) && attribute.TryGetNumber(out var number) ? number : null;

    private sealed class Exchange
    {
        public List<(ReadOnlyMemory<byte> Bytes, Reading Reading)> Seen { get; } = [];

        /// <summary>What may be the IV of its next message, the likeliest last.</summary>
        public List<byte[]> Ivs { get; } = [];
    }
}
