// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Faults;

/// <summary>A message that left otherwise than its state machine made it.</summary>
/// <param name="Message">Which message.</param>
/// <param name="Header">The header that it had before the datagram was bent: the exchange that it belongs to.</param>
/// <param name="Payloads">The honest payloads, without a protecting HASH.</param>
/// <param name="Datagram">What left.</param>
public sealed record BentMessage(OutboundMessage Message, IsakmpHeader Header, ImmutableArray<Payload> Payloads, ReadOnlyMemory<byte> Datagram);
