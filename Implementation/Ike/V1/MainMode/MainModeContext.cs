// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>What a main mode exchange may use besides its state.</summary>
/// <param name="Policy">The connection.</param>
/// <param name="InitiatorCookie">CKY-I.</param>
/// <param name="ResponderCookie">CKY-R; on the initiator's side as the message under consideration gives it.</param>
/// <param name="Random">Source of nonces and private values.</param>
internal sealed record MainModeContext(ConnectionPolicy Policy, Cookie InitiatorCookie, Cookie ResponderCookie, IRandomSource Random);
