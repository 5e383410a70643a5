// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.V1;

/// <summary>What RFC 2408 section 5.2 demands of a header before anything else is looked at.</summary>
internal static class HeaderCheck
{
    private const IsakmpFlags KnownFlags = IsakmpFlags.Encryption | IsakmpFlags.Commit | IsakmpFlags.AuthenticationOnly;

    public static Rejection? Read(ReadOnlyMemory<byte> datagram, out IsakmpHeader header)
    {
        if (!IsakmpHeader.TryRead(datagram.Span, out header, out var error))
        {
            return new("RFC 2408 section 5.2", error.ToString());
        }

        if (header.Length != datagram.Length)
        {
            return new("RFC 2408 section 5.1", $"header says {header.Length} bytes, the datagram has {datagram.Length}");
        }

        return header switch
        {
            { InitiatorCookie.IsZero: true } => new("RFC 2408 section 5.2", "the initiator cookie is zero"),
            { MajorVersion: not 1 } => new("RFC 2408 section 3.1", $"major version {header.MajorVersion} is not 1"),
            { MinorVersion: not 0 } => new("RFC 2408 section 3.1", $"minor version {header.MinorVersion} is above 0"),
            _ when (header.Flags & ~KnownFlags) != 0 => new("RFC 2408 section 5.2", $"unknown flags 0x{(byte)header.Flags:x2}"),
            _ => null,
        };
    }
}
