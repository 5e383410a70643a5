// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Command: start phase 1 for a connection (RFC 2409 section 5).</summary>
/// <param name="Connection">Name of the connection in the endpoint's policy.</param>
public sealed record InitiateIkeSa(string Connection) : IkeInput;
