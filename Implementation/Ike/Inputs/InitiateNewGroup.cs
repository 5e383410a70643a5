// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;

namespace Ipsec.Ike.Inputs;

/// <summary>Command: offer private groups in new group mode (RFC 2409 section 5.6); phase 1 is started first when there is no IKE SA.</summary>
/// <param name="Connection">Name of the connection in the endpoint's policy.</param>
/// <param name="Groups">The groups, most preferred first; the peer chooses one.</param>
public sealed record InitiateNewGroup(string Connection, ImmutableArray<PrivateGroup> Groups) : IkeInput;
