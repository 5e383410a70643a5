// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What the sides of a phase 1 exchange have said, as HASH_I and HASH_R cover it (RFC 2409 section 5): read from the wire alone.</summary>
public sealed class Phase1Transcript
{
    private readonly ObservedIke[] _messages;

    private Phase1Transcript(ObservedIke[] messages, AuthenticationMethod method, PrfAlgorithm hash)
    {
        _messages = messages;
        (Method, Hash) = (method, hash);
    }

    /// <summary>The negotiated authentication method.</summary>
    public AuthenticationMethod Method { get; }

    /// <summary>The negotiated hash.</summary>
    public PrfAlgorithm Hash { get; }

    /// <summary>Who sent the first message.</summary>
    public string Initiator => _messages[0].From;

    /// <summary>Who answered.</summary>
    public string Responder => _messages[0].To;

    private Cookie InitiatorCookie => _messages[0].Header.InitiatorCookie;

    private Cookie ResponderCookie => _messages[^1].Header.ResponderCookie;

    private ReadOnlyMemory<byte> SaBody => _messages[0].Message!.Find<SaPayload>()!.Body;

    /// <summary>Reads the first phase 1 exchange among messages.</summary>
    /// <param name="messages">The messages, repetitions left out.</param>
    /// <param name="transcript">The exchange.</param>
    /// <param name="finding">What is missing to judge by.</param>
    /// <returns>False when something is.</returns>
    public static bool TryRead(IReadOnlyList<ObservedIke> messages, [NotNullWhen(true)] out Phase1Transcript? transcript, [NotNullWhen(false)] out Finding? finding)
    {
        transcript = null;
        var first = messages.FirstOrDefault(IsPhase1);
        ObservedIke[] exchange = [.. messages.Where(m => IsPhase1(m) && m.Header.InitiatorCookie == first!.Header.InitiatorCookie)];
        finding = Array.Find(exchange, m => m.Message is null) is { } unreadable ? Finding.Unreadable(unreadable) : null;
        if (finding is not null)
        {
            return false;
        }

        var chosen = exchange.Skip(1).Select(m => m.Message!.Find<SaPayload>()).OfType<SaPayload>().FirstOrDefault();
        if (exchange.Length < 3 || exchange[0].Message!.Find<SaPayload>() is null || chosen is not { Proposals: [{ Transforms: [var transform] }] })
        {
            finding = Finding.Nothing("a phase 1 exchange with a chosen transform");
            return false;
        }

        var hash = PrfAlgorithm.FindIkeV1((ushort)Number(transform, Phase1Attribute.HashAlgorithm));
        if (hash is null)
        {
            finding = new("a hash that is known", $"hash {Number(transform, Phase1Attribute.HashAlgorithm)}");
            return false;
        }

        transcript = new(exchange, (AuthenticationMethod)Number(transform, Phase1Attribute.AuthenticationMethod), hash);
        return true;
    }

    /// <summary>The message with which a side proves its part; null when there is none.</summary>
    /// <param name="side">The side.</param>
    /// <returns>The last of its messages that has a HASH or a SIG: what comes before may only name a certificate.</returns>
    public ObservedIke? Proof(string side) => _messages.LastOrDefault(m => m.From == side && m.Message!.Payloads.Any(p => p is HashPayload or SignaturePayload));

    /// <summary>HASH_I or HASH_R, recomputed.</summary>
    /// <param name="side">Whose.</param>
    /// <param name="prf">The hash whose HMAC it is.</param>
    /// <param name="knowledge">What the wire does not tell.</param>
    /// <returns>The hash; null when the exchange lacks a payload that it covers, or one cannot be opened.</returns>
    public byte[]? ProofHash(string side, PrfAlgorithm prf, Phase1Knowledge knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        if (PublicValue(Initiator) is not { } publicI
            || PublicValue(Responder) is not { } publicR
            || Identity(side, knowledge) is not { } identity
            || Skeyid(knowledge) is not { } skeyid)
        {
            return null;
        }

        var (cookieI, cookieR) = (InitiatorCookie.ToBytes(), ResponderCookie.ToBytes());
        return side == Initiator
            ? KeySchedule.HashI(prf, skeyid, publicI.Span, publicR.Span, cookieI, cookieR, SaBody.Span, identity)
            : KeySchedule.HashR(prf, skeyid, publicR.Span, publicI.Span, cookieR, cookieI, SaBody.Span, identity);
    }

    private static bool IsPhase1(ObservedIke message) =>
        message.Header is { MessageId: 0, ExchangeType: ExchangeType.IdentityProtection or ExchangeType.Aggressive };

    private static ulong Number(Transform transform, Phase1Attribute type) =>
        transform.TryGet((ushort)type, out var attribute) && attribute.TryGetNumber(out var number) ? number : 0;

    private byte[]? Skeyid(Phase1Knowledge knowledge)
    {
        if (Method is not (AuthenticationMethod.PreSharedKey or AuthenticationMethod.RsaEncryption))
        {
            return knowledge.Skeyid.IsEmpty ? null : knowledge.Skeyid.ToArray();
        }

        if (Nonce(Initiator, knowledge) is not { } nonceI || Nonce(Responder, knowledge) is not { } nonceR)
        {
            return null;
        }

        return Method == AuthenticationMethod.PreSharedKey
            ? KeySchedule.SkeyidForPreSharedKey(Hash, knowledge.PreSharedKey.Span, nonceI, nonceR)
            : KeySchedule.SkeyidForPublicKeyEncryption(Hash, nonceI, nonceR, InitiatorCookie.ToBytes(), ResponderCookie.ToBytes());
    }

    private ReadOnlyMemory<byte>? PublicValue(string side) => Of<KeyExchangePayload>(side)?.PublicValue;

    private byte[]? Nonce(string side, Phase1Knowledge knowledge) => Open(side, Of<NoncePayload>(side)?.Nonce, knowledge);

    private byte[]? Identity(string side, Phase1Knowledge knowledge) => Open(side, Of<IdentificationPayload>(side)?.Body, knowledge);

    /// <summary>What a side says, after decryption with the other side's private key where the method encrypts (RFC 2409 section 5.2).</summary>
    private byte[]? Open(string side, ReadOnlyMemory<byte>? body, Phase1Knowledge knowledge)
    {
        if (body is not { } octets || Method != AuthenticationMethod.RsaEncryption)
        {
            return body?.ToArray();
        }

        var receiver = side == Initiator ? Responder : Initiator;
        return knowledge.Keys.TryGetValue(receiver, out var key) && key.TryDecrypt(octets.Span, out var plain) ? plain : null;
    }

    private T? Of<T>(string side)
        where T : Payload => _messages.Where(m => m.From == side).Select(m => m.Message!.Find<T>()).FirstOrDefault(payload => payload is not null);
}
