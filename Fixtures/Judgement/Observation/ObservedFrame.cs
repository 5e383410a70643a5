// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A frame as the observer understands it.</summary>
/// <param name="Number">Its place in the capture, from 1: Wireshark's frame number.</param>
/// <param name="Time">When it was captured.</param>
/// <param name="From"><c>west</c>, <c>east</c>, or an address that is neither's.</param>
/// <param name="To">As <paramref name="From"/>.</param>
/// <param name="Bytes">The Ethernet frame.</param>
/// <param name="Step">The Gherkin step that was running; null between steps.</param>
public abstract record ObservedFrame(int Number, DateTimeOffset Time, string From, string To, ReadOnlyMemory<byte> Bytes, string? Step);
