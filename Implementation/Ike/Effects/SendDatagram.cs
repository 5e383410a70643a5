// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Ike.Effects;

/// <summary>Send a UDP datagram.</summary>
/// <param name="Local">Source address and port.</param>
/// <param name="Remote">Destination address and port.</param>
/// <param name="Bytes">The UDP payload.</param>
public sealed record SendDatagram(IPEndPoint Local, IPEndPoint Remote, ReadOnlyMemory<byte> Bytes) : IkeEffect;
