// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Type of a Mode Config or XAUTH message (draft-dukes-ike-mode-cfg-02 section 3.3).</summary>
public enum ConfigurationMessageType : byte
{
    /// <summary>Reserved.</summary>
    Reserved = 0,

    /// <summary>ISAKMP_CFG_REQUEST.</summary>
    Request = 1,

    /// <summary>ISAKMP_CFG_REPLY.</summary>
    Reply = 2,

    /// <summary>ISAKMP_CFG_SET.</summary>
    Set = 3,

    /// <summary>ISAKMP_CFG_ACK.</summary>
    Acknowledge = 4,
}
