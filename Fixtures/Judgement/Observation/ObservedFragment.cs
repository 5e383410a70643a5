// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A piece of an IKE message that is not yet whole. The piece that completes it is seen as the message itself.</summary>
/// <param name="Number">Frame number.</param>
/// <param name="Time">When it was captured.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">To whom.</param>
/// <param name="Bytes">The Ethernet frame.</param>
/// <param name="Step">The step that was running.</param>
/// <param name="Header">The ISAKMP header before the piece.</param>
/// <param name="Fragment">The piece.</param>
public sealed record ObservedFragment(
    int Number, DateTimeOffset Time, string From, string To, ReadOnlyMemory<byte> Bytes, string? Step, IsakmpHeader Header, FragmentPayload Fragment)
    : ObservedFrame(Number, Time, From, To, Bytes, Step);
