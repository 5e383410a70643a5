// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Policy;

/// <summary>What this endpoint is willing to do with one peer.</summary>
public sealed record ConnectionPolicy
{
    /// <summary>Name, unique within an endpoint.</summary>
    public required string Name { get; init; }

    /// <summary>This endpoint's outer address and IKE port.</summary>
    public required IPEndPoint Local { get; init; }

    /// <summary>The peer's outer address and IKE port. In main mode the pre-shared key is chosen by it (RFC 2409 section 5.4).</summary>
    public required IPEndPoint Remote { get; init; }

    /// <summary>The identity sent in IDii or IDir.</summary>
    public required IdentificationPayload LocalIdentity { get; init; }

    /// <summary>The only identity accepted from the peer.</summary>
    public required IdentificationPayload RemoteIdentity { get; init; }

    /// <summary>The pre-shared key, any length above zero.</summary>
    public required ReadOnlyMemory<byte> PreSharedKey { get; init; }

    /// <summary>Phase 1 suites, most preferred first.</summary>
    public required ImmutableArray<Phase1Suite> Phase1 { get; init; }

    /// <summary>The SA pairs that may be negotiated under this connection's IKE SA.</summary>
    public ImmutableArray<ChildPolicy> Children { get; init; } = [];

    /// <summary>Timers for unanswered messages.</summary>
    public RetransmissionPolicy Retransmission { get; init; } = RetransmissionPolicy.Default;
}
