// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Isakmp;

/// <summary>Flags, 1 octet of the header (RFC 2408 section 3.1). The five high bits are to be sent as zero.</summary>
[Flags]
public enum IsakmpFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>E: the payloads after the header are encrypted.</summary>
    Encryption = 1,

    /// <summary>C: the peer must wait for CONNECTED before it uses the SA.</summary>
    Commit = 2,

    /// <summary>A: an Informational exchange whose notification is authenticated but not encrypted.</summary>
    AuthenticationOnly = 4,
}
