// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Command: delete a connection's IPsec SAs and then its IKE SA, telling the peer of each.</summary>
/// <param name="Connection">Name of the connection.</param>
public sealed record DeleteIkeSa(string Connection) : IkeInput;
