// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Protection;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>What a quick mode exchange may use besides its state.</summary>
/// <param name="Policy">The connection.</param>
/// <param name="IkeSa">The IKE SA that protects the exchange.</param>
/// <param name="Security">Its keys.</param>
/// <param name="MessageId">Message ID of the exchange.</param>
/// <param name="Children">The IPsec SA pairs there are already.</param>
/// <param name="Random">Source of nonces and private values.</param>
internal sealed record QuickModeContext(
    ConnectionPolicy Policy,
    IkeSaDescription IkeSa,
    Phase1Security Security,
    uint MessageId,
    ChildSaTable Children,
    IRandomSource Random);
