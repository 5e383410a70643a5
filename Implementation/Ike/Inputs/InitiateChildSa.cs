// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Command: negotiate an IPsec SA pair; phase 1 is started first when the connection has no IKE SA.</summary>
/// <param name="Connection">Name of the connection in the endpoint's policy.</param>
/// <param name="Child">Name of the child within the connection.</param>
public sealed record InitiateChildSa(string Connection, string Child) : IkeInput;
