// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Nat;

/// <summary>The hashes by which two ends find a NAT between them (RFC 3947 section 3.2).</summary>
internal static class NatDiscovery
{
    /// <summary>HASH(CKY-I | CKY-R | IP | Port), the address in 4 or 16 bytes, the port in 2.</summary>
    public static byte[] Hash(PrfAlgorithm hash, Cookie initiator, Cookie responder, IPEndPoint end)
    {
        Span<byte> port = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)end.Port);
        return hash.Hash(initiator.ToBytes(), responder.ToBytes(), end.Address.GetAddressBytes(), port);
    }

    /// <summary>The payloads of a message of ours: the peer's end first, then every end of ours that may be the source.</summary>
    public static ImmutableArray<Payload> Payloads(
        PrfAlgorithm hash,
        Cookie initiator,
        Cookie responder,
        IPEndPoint remote,
        IEnumerable<IPEndPoint> locals,
        bool isDraft) =>
        [.. locals.Prepend(remote).Select(end => new NatDiscoveryPayload(Hash(hash, initiator, responder, end)) { IsDraft = isDraft })];

    /// <summary>
    /// What the peer's payloads say: this end is behind a NAT when the first is not the hash of one of its ends, the peer is
    /// when none of the others is the hash of the end its packet came from.
    /// </summary>
    public static (bool Local, bool Peer) BehindNat(
        PrfAlgorithm hash,
        Cookie initiator,
        Cookie responder,
        IReadOnlyList<NatDiscoveryPayload> payloads,
        IEnumerable<IPEndPoint> locals,
        IPEndPoint remote)
    {
        var local = !locals.Any(end => Matches(payloads[0], end));
        var peer = !payloads.Skip(1).Any(payload => Matches(payload, remote));
        return (local, peer);

        bool Matches(NatDiscoveryPayload payload, IPEndPoint end) =>
            CryptographicOperations.FixedTimeEquals(payload.Hash.Span, Hash(hash, initiator, responder, end));
    }
}
