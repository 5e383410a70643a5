// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1.Nat;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Announcements;

/// <summary>
/// The vendor IDs that announce NAT traversal, dead peer detection, fragmentation and XAUTH, in the first message of each
/// side (RFC 3947 section 3.1, RFC 3706 section 5.1, draft-beaulieu-ike-xauth-02 section 4).
/// </summary>
internal sealed class VendorIdExtension : IPhase1Extension
{
    private const int OffersOfBothSides = 2;

    // The first message of a main mode responder that goes where messages are known to arrive; in aggressive mode it has no such.
    private const int FirstProvenAnswer = 4;

    // By message, so that a message that was rejected after all and comes again does not count twice.
    private readonly SortedDictionary<int, ImmutableArray<ReadOnlyMemory<byte>>> _peers = [];

    /// <summary>The newest description of NAT traversal that both sides have announced in the first two messages (RFC 3947 section 3.1).</summary>
    public NatTraversalVersion NatTraversal { get; private set; }

    /// <summary>Whether the peer answers R-U-THERE: nothing is asked before it has said so (RFC 3706 section 5.1).</summary>
    public bool PeerAnswersProbes => Announced(VendorIds.DeadPeerDetection.Span[..VendorIds.DeadPeerDetectionSize]);

    /// <summary>Whether the peer takes fragments.</summary>
    public bool PeerReassembles => Announced(VendorIds.Fragmentation.Span[..VendorIds.FragmentationSize]);

    /// <inheritdoc/>
    public ImmutableArray<Payload> Outgoing(Phase1MessageContext message)
    {
        if (message.Number > OffersOfBothSides)
        {
            return message is { IsInitiator: false, Number: FirstProvenAnswer } ? Extra(message.Policy) : [];
        }

        // A responder repeats only what it was asked for, in no more bytes: nobody has proved anything yet, and message 1
        // may come from a forged address.
        var ours = Ours(message.Policy);
        if (!message.IsInitiator)
        {
            Agree(message.Policy.NatTraversal);
        }

        return message.IsInitiator
            ? [.. ours.Select(id => new VendorIdPayload(id)), .. Extra(message.Policy)]
            : [.. ours.Select(Echo).OfType<Payload>(), .. message.Mode == Phase1Mode.Aggressive ? Extra(message.Policy) : []];
    }

    /// <inheritdoc/>
    public Rejection? Incoming(Phase1MessageContext message, IReadOnlyList<Payload> payloads)
    {
        _peers[message.Number] = [.. payloads.OfType<VendorIdPayload>().Select(v => v.Id)];
        if (message is { IsInitiator: true, Number: OffersOfBothSides })
        {
            Agree(message.Policy.NatTraversal);
        }

        return null;
    }

    /// <summary>A responder agrees with its answer and not before: which connection is meant may become known with message 1.</summary>
    private void Agree(NatTraversalPolicy policy) => NatTraversal = Versions(policy)
        .Where(version => NatTraversalIds(version).Any(id => Announced(id.Span)))
        .DefaultIfEmpty()
        .Max();

    private static IEnumerable<NatTraversalVersion> Versions(NatTraversalPolicy policy) =>
        policy.Mode == NatTraversalMode.Off ? [] : policy.Versions.OrderDescending();

    private static IEnumerable<ReadOnlyMemory<byte>> NatTraversalIds(NatTraversalVersion version) => version switch
    {
        NatTraversalVersion.Rfc3947 => [VendorIds.NatTraversal],
        NatTraversalVersion.Draft03 => [VendorIds.NatTraversalDraft03],
        NatTraversalVersion.Draft02 => [VendorIds.NatTraversalDraft02, VendorIds.NatTraversalDraft02Newline],
        _ => [],
    };

    private static IEnumerable<ReadOnlyMemory<byte>> Ours(ConnectionPolicy policy)
    {
        foreach (var id in Versions(policy.NatTraversal).SelectMany(NatTraversalIds))
        {
            yield return id;
        }

        if (policy.DeadPeerDetection is not null)
        {
            yield return VendorIds.DeadPeerDetection;
        }

        if (policy.Fragmentation.Mode != FragmentationMode.Off)
        {
            yield return VendorIds.Fragmentation;
        }

        if (policy.Xauth is not null)
        {
            yield return VendorIds.Xauth;
        }
    }

    /// <summary>What the policy wants to be sent besides, and nothing here knows.</summary>
    private static ImmutableArray<Payload> Extra(ConnectionPolicy policy) => [.. policy.ExtraVendorIds.Select(id => new VendorIdPayload(id))];

    /// <summary>Our form of what the peer announced, cut to its length: flags behind a vendor ID are optional.</summary>
    private VendorIdPayload? Echo(ReadOnlyMemory<byte> ours)
    {
        foreach (var theirs in _peers.Values.SelectMany(ids => ids))
        {
            if (SameVendor(theirs.Span, ours.Span))
            {
                return new VendorIdPayload(ours[..Math.Min(ours.Length, theirs.Length)]);
            }
        }

        return null;
    }

    private static bool SameVendor(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> ours)
    {
        // Behind the ID of dead peer detection comes its version (RFC 3706 section 5.1), behind that of fragmentation flags.
        var compared = ours.StartsWith(VendorIds.DeadPeerDetection.Span[..VendorIds.DeadPeerDetectionSize])
            ? VendorIds.DeadPeerDetectionSize
            : Math.Min(ours.Length, VendorIds.FragmentationSize);
        return theirs.Length >= compared && theirs[..compared].SequenceEqual(ours[..compared]);
    }

    private bool Announced(ReadOnlySpan<byte> id)
    {
        foreach (var announced in _peers.Values.SelectMany(ids => ids))
        {
            if (announced.Span.StartsWith(id))
            {
                return true;
            }
        }

        return false;
    }
}
