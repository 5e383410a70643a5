// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// Follows the messages of one IKE SA and decrypts them with the key alone: cipher and hash are read from the chosen
/// transform, the first IV from the public values, the rest from the ciphertext (RFC 2409 appendix B).
/// </summary>
internal sealed class IkeSaObserver
{
    private readonly Dictionary<(ExchangeType Exchange, uint MessageId), Exchange> _exchanges = [];
    private readonly List<byte[]> _publicValues = [];
    private EncryptionAlgorithm? _encryption;
    private PrfAlgorithm? _hash;
    private byte[]? _phase1Iv;

    /// <summary>The key; null as long as nobody told it.</summary>
    public ReadOnlyMemory<byte>? EncryptionKey { get; set; }

    public sealed record Reading(IsakmpMessage? Message, int Ordinal, bool IsRepeat, string? Problem, ReadOnlyMemory<byte>? Padding);

    public Reading Read(IsakmpHeader header, ReadOnlyMemory<byte> datagram)
    {
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
        var message = header.IsEncrypted ? ReadEncrypted(header, datagram, exchange, out padding, out var problem) : ReadClear(datagram, out problem);
        var reading = new Reading(message, exchange.Seen.Count + 1, false, problem, padding);
        exchange.Seen.Add((datagram, reading));
        return reading;
    }

    private IsakmpMessage? ReadClear(ReadOnlyMemory<byte> datagram, out string? problem)
    {
        if (!IsakmpMessage.TryReadClear(datagram, out var message, out var error))
        {
            problem = error.ToString();
            return null;
        }

        problem = null;
        Learn(message);
        return message;
    }

    private IsakmpMessage? ReadEncrypted(IsakmpHeader header, ReadOnlyMemory<byte> datagram, Exchange exchange, out ReadOnlyMemory<byte>? padding, out string? problem)
    {
        padding = null;
        var ciphertext = datagram[IsakmpHeader.Size..];
        if (EncryptionKey is not { } key || _encryption is null || _hash is null || _phase1Iv is null)
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
        var iv = isPhase1 ? _phase1Iv : exchange.Iv ??= KeySchedule.Phase2Iv(_hash, _phase1Iv, header.MessageId, _encryption.BlockSize);
        var plaintext = new byte[ciphertext.Length];
        using (var cipher = _encryption.CreateCbc(key.Span))
        {
            cipher.Decrypt(iv, ciphertext.Span, plaintext);
        }

        if (!PayloadChain.TryRead(header.NextPayload, plaintext, IsakmpHeader.Size, out var payloads, out var consumed, out var error))
        {
            problem = $"does not decrypt with this key: {error}";
            return null;
        }

        var last = ciphertext[^_encryption.BlockSize..].ToArray();
        if (isPhase1)
        {
            _phase1Iv = last;
        }
        else
        {
            exchange.Iv = last;
        }

        padding = plaintext.AsMemory(consumed);
        problem = null;
        return new IsakmpMessage(header, payloads);
    }

    private void Learn(IsakmpMessage message)
    {
        if (message.Find<SaPayload>() is { Proposals: [{ Transforms: [var transform] }] } && message.Header is { ResponderCookie.IsZero: false })
        {
            Learn(transform);
        }

        if (message.Find<KeyExchangePayload>() is { } exchange && message.Header.MessageId == 0)
        {
            _publicValues.Add(exchange.PublicValue.ToArray());
            if (_publicValues.Count == 2 && _hash is not null && _encryption is not null)
            {
                _phase1Iv = KeySchedule.Phase1Iv(_hash, _publicValues[0], _publicValues[1], _encryption.BlockSize);
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

        public byte[]? Iv { get; set; }
    }
}
