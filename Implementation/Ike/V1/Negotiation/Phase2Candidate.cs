// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>What a responder may agree to for one child.</summary>
/// <param name="Child">The child.</param>
/// <param name="Suites">Its suites, as far as they can be used here.</param>
/// <param name="Modes">The encapsulation modes it may have; the first is meant where an offer names none.</param>
/// <param name="Group">The group it wants; null for none.</param>
internal sealed record Phase2Candidate(ChildPolicy Child, ImmutableArray<Phase2Suite> Suites, ImmutableArray<EncapsulationMode> Modes, ushort? Group);
