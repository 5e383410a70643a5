// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>IPComp transform identifiers (RFC 2407 section 4.4.5; RFC 3051).</summary>
public enum IpCompTransformId : byte
{
    /// <summary>Reserved.</summary>
    None = 0,

    /// <summary>Proprietary, named by an OUI.</summary>
    Oui = 1,

    /// <summary>DEFLATE.</summary>
    Deflate = 2,

    /// <summary>LZS.</summary>
    Lzs = 3,

    /// <summary>LZJH.</summary>
    Lzjh = 4,
}
