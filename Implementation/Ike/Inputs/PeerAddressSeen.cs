// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Ike.Inputs;

/// <summary>
/// An authentic UDP-encapsulated ESP packet came from another address or port than its SA has (RFC 3947 section 7). Whether
/// it is followed is decided by where the NAT is.
/// </summary>
/// <param name="InboundSpi">The SPI of the packet.</param>
/// <param name="Local">The address and port it was sent to.</param>
/// <param name="Remote">The address and port it came from.</param>
public sealed record PeerAddressSeen(uint InboundSpi, IPEndPoint Local, IPEndPoint Remote) : IkeInput;
