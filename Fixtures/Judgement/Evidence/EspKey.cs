// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What opens the packets of one ESP SA, that is of one direction.</summary>
/// <param name="Source">The outer source address.</param>
/// <param name="Destination">The outer destination address.</param>
/// <param name="Spi">The SPI.</param>
/// <param name="WiresharkEncryption">
/// The cipher by Wireshark's name, for example <c>AES-CBC [RFC3602]</c> or <c>AES-GCM with 16 octet ICV [RFC4106]</c> (plain
/// <c>AES-GCM [RFC4106]</c> is Wireshark's name for GCM without an ICV, and does not open such packets).
/// </param>
/// <param name="EncryptionKeyWithSalt">The cipher's key; for AES-GCM the 4 octets of salt follow it, as in KEYMAT (RFC 4106 section 8.1).</param>
/// <param name="WiresharkAuthentication">
/// The integrity algorithm by Wireshark's name, for example <c>HMAC-SHA-256-128 [RFC4868]</c>, and <c>NULL</c> for an AEAD.
/// </param>
/// <param name="AuthenticationKey">The integrity key; empty for an AEAD.</param>
public sealed record EspKey(
    IPAddress Source,
    IPAddress Destination,
    uint Spi,
    string WiresharkEncryption,
    byte[] EncryptionKeyWithSalt,
    string WiresharkAuthentication,
    byte[] AuthenticationKey);
