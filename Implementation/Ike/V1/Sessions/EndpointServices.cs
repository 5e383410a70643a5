// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>What every IKE SA of an endpoint shares.</summary>
/// <param name="Random">Source of cookies, nonces, SPIs and message IDs.</param>
/// <param name="Seams">Where outgoing messages may be bent.</param>
/// <param name="Children">The IPsec SA pairs.</param>
internal sealed record EndpointServices(IRandomSource Random, IOutboundSeams Seams, ChildSaTable Children)
{
    /// <summary>A cookie: never zero, unique by chance (RFC 2408 section 2.5.3).</summary>
    public Cookie NewCookie()
    {
        Span<byte> bytes = stackalloc byte[Cookie.Size];
        do
        {
            Random.Fill(bytes);
        }
        while (Cookie.Read(bytes).IsZero);
        return Cookie.Read(bytes);
    }

    /// <summary>A message ID: random, never zero (RFC 2408 section 3.1).</summary>
    public uint NewMessageId()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        uint id;
        do
        {
            Random.Fill(bytes);
            id = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }
        while (id == 0);
        return id;
    }
}
