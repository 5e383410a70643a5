// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Ike.Effects;

namespace Ipsec.Gateway;

/// <summary>A pair of SAs in use, and what it has carried so far.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="BytesReceived">Bytes received.</param>
/// <param name="PacketsReceived">Packets received on the inbound SA.</param>
/// <param name="BytesSent">Bytes sent.</param>
/// <param name="PacketsSent">Packets sent on the outbound SA.</param>
/// <param name="HighestSequenceReceived">Right edge of the anti-replay window; null without one.</param>
/// <param name="LastSequenceSent">Sequence number of the last packet sent; null when the SA only receives yet.</param>
/// <param name="PathMtu">What the path to the peer takes, in bytes; null when it is not looked after.</param>
/// <param name="Inbound">What became of the packets on the inbound SA.</param>
public sealed record ChildSaUsage(
    ChildSaPair Pair,
    ulong BytesReceived,
    long PacketsReceived,
    ulong BytesSent,
    long PacketsSent,
    ulong? HighestSequenceReceived,
    ulong? LastSequenceSent,
    int? PathMtu,
    EspCounters Inbound);
