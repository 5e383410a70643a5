// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Faults;

/// <summary>A misbehaviour: what is done, which clause judges the reaction, and which reactions are legal.</summary>
/// <param name="Id">Permanent id, e.g. "FLOW-DROP-MM3".</param>
/// <param name="Seam">Where it takes hold.</param>
/// <param name="Clause">The clause that says what must follow.</param>
/// <param name="LegalOutcomes">What the clause allows, for a person.</param>
public abstract record Fault(string Id, FaultSeam Seam, string Clause, ImmutableArray<string> LegalOutcomes);
