// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Values of the Encapsulation Mode attribute (RFC 2407 section 4.5; RFC 3947 section 5.1).</summary>
public enum EncapsulationMode : ushort
{
    /// <summary>Tunnel mode.</summary>
    Tunnel = 1,

    /// <summary>Transport mode.</summary>
    Transport = 2,

    /// <summary>Tunnel mode in UDP.</summary>
    UdpEncapsulatedTunnel = 3,

    /// <summary>Transport mode in UDP.</summary>
    UdpEncapsulatedTransport = 4,

    /// <summary>Tunnel mode in UDP as numbered by draft-ietf-ipsec-nat-t-ike-02 and -03.</summary>
    UdpEncapsulatedTunnelDraft = 61443,

    /// <summary>Transport mode in UDP as numbered by draft-ietf-ipsec-nat-t-ike-02 and -03.</summary>
    UdpEncapsulatedTransportDraft = 61444,
}
