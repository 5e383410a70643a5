// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Lifetimes;
using Ipsec.Ike.V1.NewGroup;
using Ipsec.Ike.V1.Transactions;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>What every IKE SA of an endpoint shares.</summary>
/// <param name="Random">Source of cookies, nonces, SPIs and message IDs.</param>
/// <param name="Seams">Where outgoing messages may be bent.</param>
/// <param name="Limits">What may be kept and said on behalf of strangers.</param>
internal sealed record EndpointServices(IRandomSource Random, IOutboundSeams Seams, IkeV1Limits Limits)
{
    /// <summary>The IPsec SA pairs.</summary>
    public ChildSaTable Children { get; } = new();

    /// <summary>What the peers have deleted since the last input: a rekey of it is to be given up.</summary>
    public List<ChildSaEntry> Deleted { get; } = [];

    /// <summary>The private groups.</summary>
    public PrivateGroupTable Groups { get; } = new();

    /// <summary>The addresses given to peers by mode config.</summary>
    public AddressLeases Leases { get; } = new();

    /// <summary>Every IKE SA, complete or not.</summary>
    public List<IkeSa> Sas { get; } = [];

    /// <summary>Errors notified to whoever has no established IKE SA: one budget, since strangers cannot be told apart.</summary>
    public NotificationBudget StrangersBudget { get; } = new(Limits);

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
    /// <param name="used">Those the IKE SA has used before; none may come again (RFC 2409 sections 5.5 and 5.7).</param>
    public uint NewMessageId(HashSet<uint> used)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        uint id;
        do
        {
            Random.Fill(bytes);
            id = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }
        while (id == 0 || used.Contains(id));
        return id;
    }
}
