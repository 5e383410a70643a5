// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Command: a new phase 1 in place of the connection's IKE SA. Its IPsec SAs stay (RFC 2409 section 5.5).</summary>
/// <param name="Connection">Name of the connection.</param>
public sealed record RekeyIkeSa(string Connection) : IkeInput;
