// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>One part of a packet's layout.</summary>
/// <param name="Name">What it is called in layout tables.</param>
/// <param name="Bytes">Its length.</param>
public readonly record struct EspSection(string Name, int Bytes)
{
    /// <summary>The IP header of the packet on the wire, options included.</summary>
    public const string OuterIpHeader = "outer IP header";

    /// <summary>IPv6 extension headers between it and what follows.</summary>
    public const string ExtensionHeaders = "extension headers";

    /// <summary>The UDP header of UDP encapsulation (RFC 3948 section 2.1).</summary>
    public const string UdpHeader = "UDP header";

    /// <summary>Next header to sequence number of AH (RFC 4302 sections 2.1 to 2.5).</summary>
    public const string AhHeader = "AH header";

    /// <summary>The padding behind the ICV of AH (RFC 4302 section 3.3.3.2.1).</summary>
    public const string IcvPadding = "ICV padding";

    /// <summary>SPI and sequence number (RFC 4303 sections 2.1 and 2.2).</summary>
    public const string EspHeader = "ESP header";

    /// <summary>The explicit initialization vector, if the algorithm sends one (RFC 4303 section 2.3).</summary>
    public const string Iv = "IV";

    /// <summary>Payload, padding, pad length and next header, enciphered.</summary>
    public const string Ciphertext = "ciphertext";

    /// <summary>The integrity check value (RFC 4303 section 2.8).</summary>
    public const string Icv = "ICV";

    /// <summary>The packet or next layer data that is protected, with TFC padding if any (RFC 4303 sections 2.3 and 2.7).</summary>
    public const string Payload = "payload";

    /// <summary>The padding for encryption and alignment (RFC 4303 section 2.4).</summary>
    public const string Padding = "padding";

    /// <summary>The pad length field (RFC 4303 section 2.5).</summary>
    public const string PadLength = "pad length";

    /// <summary>The next header field (RFC 4303 section 2.6).</summary>
    public const string NextHeader = "next header";

    /// <summary>Name and length.</summary>
    /// <returns>For example "ESP header 8".</returns>
    public override string ToString() => $"{Name} {Bytes}";
}
