// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>ESP travels in UDP between these ports (RFC 3948 section 2.1).</summary>
/// <param name="LocalPort">This endpoint's port.</param>
/// <param name="RemotePort">The peer's port, as seen from here.</param>
public sealed record UdpEncapsulation(ushort LocalPort, ushort RemotePort);
