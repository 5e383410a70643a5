// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Ike.Effects;

/// <summary>A received datagram changed nothing.</summary>
/// <param name="Remote">Where it came from.</param>
/// <param name="Clause">The clause that lets or makes us discard it, e.g. "RFC 2408 section 5.1".</param>
/// <param name="Reason">What was wrong with it.</param>
/// <param name="Bytes">The datagram.</param>
public sealed record DatagramDiscarded(IPEndPoint Remote, string Clause, string Reason, ReadOnlyMemory<byte> Bytes) : IkeEffect;
