// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Protocol-ID, 1 octet of Proposal, Notification and Delete (RFC 2407 section 4.4.1).</summary>
public enum ProtocolId : byte
{
    /// <summary>Reserved; seen in notifications that concern no SA.</summary>
    None = 0,

    /// <summary>ISAKMP: message protection of the ISAKMP protocol.</summary>
    Isakmp = 1,

    /// <summary>IP Authentication Header.</summary>
    Ah = 2,

    /// <summary>IP Encapsulating Security Payload.</summary>
    Esp = 3,

    /// <summary>IP payload compression; the SPI is a CPI.</summary>
    IpComp = 4,

    /// <summary>Link-layer protocol of RFC 4705.</summary>
    GigabeamRadio = 5,
}
