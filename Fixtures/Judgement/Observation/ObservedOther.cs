// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A frame that is neither IKE nor ESP nor AH.</summary>
/// <param name="Number">Frame number.</param>
/// <param name="Time">When it was captured.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">To whom.</param>
/// <param name="Bytes">The Ethernet frame.</param>
/// <param name="Step">The step that was running.</param>
/// <param name="Description">What it is.</param>
public sealed record ObservedOther(
    int Number, DateTimeOffset Time, string From, string To, ReadOnlyMemory<byte> Bytes, string? Step, string Description)
    : ObservedFrame(Number, Time, From, To, Bytes, Step);
