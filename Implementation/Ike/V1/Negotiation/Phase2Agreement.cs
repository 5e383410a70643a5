// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>The outcome of a quick mode negotiation.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Mode">The encapsulation mode as negotiated.</param>
/// <param name="Sas">What holds for each of its protocols, in the order of <see cref="Phase2Suite.Protocols"/>.</param>
internal sealed record Phase2Agreement(Phase2Suite Suite, EncapsulationMode Mode, ImmutableArray<AgreedSa> Sas);
