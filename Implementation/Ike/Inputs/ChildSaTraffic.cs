// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>
/// What an IPsec SA pair has carried since it was installed: a life in kilobytes ends by it (RFC 2407 section 4.5), and a
/// peer from which something came is alive (RFC 3706 section 5.1).
/// </summary>
/// <param name="InboundSpi">The SPI on which this endpoint receives.</param>
/// <param name="BytesReceived">Bytes received, authentic, in all; it never falls.</param>
/// <param name="BytesSent">Bytes sent, in all; it never falls.</param>
public sealed record ChildSaTraffic(uint InboundSpi, ulong BytesReceived, ulong BytesSent) : IkeInput;
