// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>What the fragments of one packet have in common (RFC 791 section 3.2: with the protocol; RFC 8200 section 4.5: without).</summary>
internal readonly record struct FragmentKey(
    AddressNumber Source, AddressNumber Destination, uint Identification, IpProtocol Protocol);
