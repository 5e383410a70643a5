// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Command: send the peer its configuration in a transaction exchange (draft-dukes-ike-mode-cfg-02 section 2).</summary>
/// <param name="Connection">Name of the connection; it must have an established IKE SA and a configuration to give.</param>
public sealed record PushConfiguration(string Connection) : IkeInput;
