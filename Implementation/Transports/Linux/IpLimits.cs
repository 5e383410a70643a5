// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Linux;

/// <summary>How long packets can be.</summary>
internal static class IpLimits
{
    /// <summary>The longest packet that IPv6 can declare, in bytes.</summary>
    public const int Largest = Ipv6Header.Size + ushort.MaxValue;
}
