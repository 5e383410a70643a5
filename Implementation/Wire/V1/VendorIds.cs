// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Vendor IDs that announce an extension (RFC 2408 section 3.16).</summary>
public static class VendorIds
{
    /// <summary>Octets of <see cref="Fragmentation"/> that identify it; implementations append up to four octets of flags.</summary>
    public const int FragmentationSize = 16;

    /// <summary>Octets of <see cref="DeadPeerDetection"/> before the major and minor version (RFC 3706 section 5.1).</summary>
    public const int DeadPeerDetectionSize = 14;

    /// <summary>NAT traversal of RFC 3947 section 3.1: MD5 of "RFC 3947".</summary>
    public static ReadOnlyMemory<byte> NatTraversal { get; } = Convert.FromHexString("4a131c81070358455c5728f20e95452f");

    /// <summary>draft-ietf-ipsec-nat-t-ike-03: MD5 of the draft's name.</summary>
    public static ReadOnlyMemory<byte> NatTraversalDraft03 { get; } = Convert.FromHexString("7d9419a65310ca6f2c179d9215529d56");

    /// <summary>draft-ietf-ipsec-nat-t-ike-02: MD5 of the draft's name.</summary>
    public static ReadOnlyMemory<byte> NatTraversalDraft02 { get; } = Convert.FromHexString("cd60464335df21f87cfdb2fc68b6a448");

    /// <summary>draft-ietf-ipsec-nat-t-ike-02 as some deployed systems send it: MD5 of the draft's name and a line feed.</summary>
    public static ReadOnlyMemory<byte> NatTraversalDraft02Newline { get; } = Convert.FromHexString("90cb80913ebb696e086381b5ec427b1f");

    /// <summary>Dead peer detection, version 1.0 (RFC 3706 section 5.1).</summary>
    public static ReadOnlyMemory<byte> DeadPeerDetection { get; } = Convert.FromHexString("afcad71368a1f1c96b8696fc77570100");

    /// <summary>Extended authentication (draft-beaulieu-ike-xauth-02 section 4), 8 octets.</summary>
    public static ReadOnlyMemory<byte> Xauth { get; } = Convert.FromHexString("09002689dfd6b712");

    /// <summary>Fragmentation of IKE messages (payload type 132): MD5 of "FRAGMENTATION", then flags.</summary>
    public static ReadOnlyMemory<byte> Fragmentation { get; } = Convert.FromHexString("4048b7d56ebce88525e7de7f00d6c2d380000000");

    /// <summary>The Cisco Unity client and its mode config attributes.</summary>
    public static ReadOnlyMemory<byte> CiscoUnity { get; } = Convert.FromHexString("12f5f28c457168a9702d9fe274cc0100");
}
