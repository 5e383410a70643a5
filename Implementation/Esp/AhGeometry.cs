// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>Sizes, in bytes, of the parts of AH (RFC 4302 section 2).</summary>
internal readonly struct AhGeometry(AhSaParameters parameters)
{
    /// <summary>The IV before the ICV in the ICV field, which AES-GMAC has (RFC 4543 section 4).</summary>
    public int IvSize { get; } = parameters.IntegrityAlgorithm.IvSize;

    public int IcvSize { get; } = parameters.IcvSize;

    /// <summary>Where the ICV lies in the header.</summary>
    public int IcvOffset => AhHeader.FixedSize + IvSize;

    /// <summary>
    /// The header with IV, ICV and the least padding that makes it a multiple of 4 in IPv4, of 8 in IPv6 (RFC 4302 section 3.3.3.2.1).
    /// </summary>
    public int HeaderLength(IpVersion version)
    {
        var alignment = version == IpVersion.V4 ? 4 : 8;
        return (IcvOffset + IcvSize + alignment - 1) / alignment * alignment;
    }
}
