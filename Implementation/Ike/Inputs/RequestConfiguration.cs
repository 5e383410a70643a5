// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Inputs;

/// <summary>Command: ask the peer for configuration in a transaction exchange (draft-dukes-ike-mode-cfg-02 sections 5.1 and 5.2).</summary>
/// <param name="Connection">Name of the connection; it must have an established IKE SA.</param>
/// <param name="Attributes">What to ask for.</param>
public sealed record RequestConfiguration(string Connection, ImmutableArray<ConfigurationAttribute> Attributes) : IkeInput;
