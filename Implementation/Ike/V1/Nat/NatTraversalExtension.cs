// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Announcements;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Nat;

/// <summary>
/// NAT discovery within phase 1 (RFC 3947 section 3.2): messages 3 and 4 of main mode, 2 and 3 of aggressive mode.
/// </summary>
/// <param name="announced">What the peers have announced to each other.</param>
/// <param name="random">Source of the hash that no address has.</param>
internal sealed class NatTraversalExtension(VendorIdExtension announced, IRandomSource random) : IPhase1Extension
{
    /// <summary>What has been found out so far.</summary>
    public NatSituation Situation { get; private set; } = NatSituation.None;

    /// <summary>Whether the peers have NAT traversal in common; where the NAT is may still be open.</summary>
    public bool IsNegotiated => announced.NatTraversal != NatTraversalVersion.None;

    /// <summary>The ends from which the message that leaves phase 1's first port is sent.</summary>
    public static (IPEndPoint Local, IPEndPoint Remote) Floated(IPEndPoint local, IPEndPoint remote) => local.Port == NatSituation.FloatedPort
        ? (local, remote)
        : (new(local.Address, NatSituation.FloatedPort), new(remote.Address, NatSituation.FloatedPort));

    /// <inheritdoc/>
    public ImmutableArray<Payload> Outgoing(Phase1MessageContext message)
    {
        var isAnswerToSilence = IsSecondOfDiscovery(message) && Situation == NatSituation.None;
        if (!CarriesDiscovery(message) || !IsNegotiated || isAnswerToSilence)
        {
            return [];
        }

        var hash = message.Suite!.Hash;
        var (local, remote) = FloatsWith(message) ? Floated(message.Local, message.Remote) : (message.Local, message.Remote);
        var payloads = NatDiscovery.Payloads(
            hash,
            message.InitiatorCookie,
            message.ResponderCookie,
            remote,
            Locals(message.Policy, local),
            IsDraft(announced.NatTraversal));
        return message.Policy.NatTraversal.Mode == NatTraversalMode.Force ? [payloads[0], Unmatched(hash)] : payloads;
    }

    /// <inheritdoc/>
    public Rejection? Incoming(Phase1MessageContext message, IReadOnlyList<Payload> payloads)
    {
        var found = payloads.OfType<NatDiscoveryPayload>().ToArray();
        if (found.Length > 0 && (!CarriesDiscovery(message) || !IsNegotiated || found.Any(d => d.IsDraft != IsDraft(announced.NatTraversal))))
        {
            return new("RFC 3947 section 3.2", "NAT-D that was not negotiated", NotifyType.InvalidPayloadType);
        }

        if (!CarriesDiscovery(message) || found.Length == 0)
        {
            return null;
        }

        var (local, peer) = NatDiscovery.BehindNat(
            message.Suite!.Hash,
            message.InitiatorCookie,
            message.ResponderCookie,
            found,
            Locals(message.Policy, message.Local),
            message.Remote);
        Situation = new(announced.NatTraversal, local, peer, message.Policy.NatTraversal.Mode == NatTraversalMode.Force);
        return null;
    }

    private static bool CarriesDiscovery(Phase1MessageContext message) =>
        message.Mode == Phase1Mode.Main ? message.Number is 3 or 4 : message.Number is 2 or 3;

    /// <summary>The side that speaks second sends no hashes to one that has sent none.</summary>
    private static bool IsSecondOfDiscovery(Phase1MessageContext message) =>
        message.Number == (message.Mode == Phase1Mode.Main ? 4 : 3);

    /// <summary>Message 3 of aggressive mode leaves from the new port when there is a NAT (RFC 3947 section 4), and its hashes are of the ports it has.</summary>
    private bool FloatsWith(Phase1MessageContext message) =>
        message is { Mode: Phase1Mode.Aggressive, Number: 3, IsInitiator: true } && Situation.NeedsUdp;

    private static bool IsDraft(NatTraversalVersion version) => version is NatTraversalVersion.Draft02 or NatTraversalVersion.Draft03;

    private static IEnumerable<IPEndPoint> Locals(ConnectionPolicy policy, IPEndPoint used) =>
        policy.NatTraversal.FurtherLocalEnds.Prepend(used).Distinct();

    private NatDiscoveryPayload Unmatched(PrfAlgorithm hash)
    {
        var bytes = new byte[hash.OutputSize];
        random.Fill(bytes);
        return new(bytes) { IsDraft = IsDraft(announced.NatTraversal) };
    }
}
