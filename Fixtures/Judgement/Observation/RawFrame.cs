// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A frame as captured.</summary>
/// <param name="Time">When.</param>
/// <param name="Bytes">Ethernet frame without checksum.</param>
/// <param name="Step">The Gherkin step that was running; null between steps.</param>
public sealed record RawFrame(DateTimeOffset Time, ReadOnlyMemory<byte> Bytes, string? Step);
