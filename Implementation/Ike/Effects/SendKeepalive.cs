// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Ike.Effects;

/// <summary>Send a NAT-keepalive: a UDP payload of the one byte 0xFF, without a non-ESP marker (RFC 3948 sections 2.3 and 4).</summary>
/// <param name="Local">Source address and port.</param>
/// <param name="Remote">Destination address and port.</param>
public sealed record SendKeepalive(IPEndPoint Local, IPEndPoint Remote) : IkeEffect;
