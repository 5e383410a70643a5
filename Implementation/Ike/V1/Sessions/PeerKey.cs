// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Sessions;

/// <summary>
/// Whose SAs are whose: several peers may share one connection. Two that also share an identity and have no users can only
/// be told apart by their addresses.
/// </summary>
/// <param name="Connection">Name of the connection.</param>
/// <param name="Identity">The identity that phase 1 has proved.</param>
/// <param name="User">The user of extended authentication; null without.</param>
internal sealed record PeerKey(string Connection, string Identity, string? User);
