// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Command: ask for extended authentication again during the life of an IKE SA (draft-beaulieu-ike-xauth-02 section 6).</summary>
/// <param name="Connection">Name of the connection; it must have an established IKE SA whose peer this endpoint asks.</param>
public sealed record AuthenticateUser(string Connection) : IkeInput;
