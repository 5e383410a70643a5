// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Ike.Inputs;

/// <summary>A UDP datagram that arrived on an IKE port.</summary>
/// <param name="Local">The address and port it was sent to.</param>
/// <param name="Remote">The address and port it came from.</param>
/// <param name="Bytes">The UDP payload, without any non-ESP marker.</param>
public sealed record DatagramReceived(IPEndPoint Local, IPEndPoint Remote, ReadOnlyMemory<byte> Bytes) : IkeInput;
