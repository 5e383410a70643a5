// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.V1;

/// <content>Which connections a caller may mean.</content>
public sealed partial class IkeV1Endpoint
{
    private static bool IsPhase1(IsakmpHeader header) => header.ExchangeType is ExchangeType.IdentityProtection or ExchangeType.Aggressive;

    /// <summary>
    /// Addresses are all that is known of whoever sends a message 1. They choose the pre-shared key in main mode (RFC 2409 section 5.4);
    /// otherwise the identity will choose among what is left.
    /// </summary>
    private Rejection? FindCandidates(Phase1Mode mode, DatagramReceived datagram, out ImmutableArray<ConnectionPolicy> candidates)
    {
        var here = _connections
            .Where(c => c.Local.Address.Equals(datagram.Local.Address) && (c.AcceptsAnyAddress || c.Remote.Address.Equals(datagram.Remote.Address)))
            .OrderBy(c => c.AcceptsAnyAddress ? 1 : 0)
            .ToArray();
        candidates = [.. here.Where(c => c.AcceptedModes.Contains(mode))];
        return (here, candidates) switch
        {
            ([], _) => new("RFC 2409 section 5.4", $"no connection is configured for {datagram.Remote.Address}"),
            (_, []) => new("RFC 2408 section 5.2", $"no connection for {datagram.Remote.Address} accepts {mode} mode"),
            _ => null,
        };
    }
}
