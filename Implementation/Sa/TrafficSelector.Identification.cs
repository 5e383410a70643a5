// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Sa;

/// <content>Selectors as quick mode carries them.</content>
public sealed partial record TrafficSelector
{
    /// <summary>
    /// The identification of quick mode that stands for this selector (RFC 2407 section 4.6.2): an address, subnet or range, one protocol or
    /// all, one port or all.
    /// </summary>
    /// <param name="identification">IDci or IDcr.</param>
    /// <returns>False for a range of ports, for OPAQUE and for port 0 alone, which it cannot say.</returns>
    public bool TryGetIdentification([NotNullWhen(true)] out IdentificationPayload? identification)
    {
        identification = null;
        if (!IsAnyPort && (IsOpaquePort || FirstPort != LastPort || FirstPort == PortMin))
        {
            return false;
        }

        var port = IsAnyPort ? PortMin : FirstPort;
        var (first, last, prefix) = (FirstAddress.ToIPAddress(), LastAddress.ToIPAddress(), PrefixLength);
        identification = (Version, prefix) switch
        {
            (IpVersion.V4, { } bits) when bits == FirstAddress.Bits => IdentificationPayload.Ipv4Address(first, Protocol, port),
            (IpVersion.V4, { } bits) => IdentificationPayload.Ipv4Subnet(first, bits, Protocol, port),
            (IpVersion.V4, null) => IdentificationPayload.Ipv4Range(first, last, Protocol, port),
            (_, { } bits) when bits == FirstAddress.Bits => IdentificationPayload.Ipv6Address(first, Protocol, port),
            (_, { } bits) => IdentificationPayload.Ipv6Subnet(first, bits, Protocol, port),
            (_, null) => IdentificationPayload.Ipv6Range(first, last, Protocol, port),
        };
        return true;
    }
}
