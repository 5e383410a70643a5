// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>An IKE message of a trace, taken apart so that traces can be compared.</summary>
/// <param name="Exchange">The exchange in the RFC's words, for example <c>Identity Protection</c>.</param>
/// <param name="Sa">The initiator's cookie or SPI: tells the messages of one IKE SA from another's.</param>
/// <param name="MessageId">The message ID, in hexadecimal.</param>
/// <param name="Ordinal">Its number within its exchange, from 1; a repetition has its original's number.</param>
/// <param name="IsRepeat">Whether the same bytes crossed the wire before.</param>
/// <param name="IsEncrypted">Whether its payloads were encrypted.</param>
/// <param name="Pieces">The number of frames that it came in.</param>
/// <param name="SourcePort">The UDP port that it came from.</param>
/// <param name="Payloads">Its payloads in their order; null when it could not be read.</param>
public sealed record TraceIke(
    string Exchange,
    string Sa,
    string MessageId,
    int Ordinal,
    bool IsRepeat,
    bool IsEncrypted,
    int Pieces,
    int SourcePort,
    ImmutableArray<TracePayload>? Payloads);
