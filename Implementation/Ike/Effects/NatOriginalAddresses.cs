// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Ike.Effects;

/// <summary>
/// What the peer said of the addresses as they are on its side of the NATs (NAT-OA, RFC 3947 section 5.2): with them the
/// checksums of transport mode can be put right.
/// </summary>
/// <param name="Initiator">The address of the initiator of quick mode; null from a peer of the drafts that responds.</param>
/// <param name="Responder">The address of its responder; null from a peer of the drafts that initiates.</param>
public sealed record NatOriginalAddresses(IPAddress? Initiator, IPAddress? Responder);
