// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Faults;

/// <summary>A misbehaviour of the way: something happens to whole datagrams.</summary>
/// <param name="Id">Permanent id, e.g. "FLOW-DROP-MM3".</param>
/// <param name="Selector">The message it is about.</param>
/// <param name="Operation">What happens to it.</param>
/// <param name="Times">How many transmissions of the message it happens to; later ones pass.</param>
/// <param name="Clause">The clause that says what must follow.</param>
/// <param name="LegalOutcomes">What the clause allows, for a person.</param>
public sealed record FlowFault(
    string Id,
    MessageSelector Selector,
    FlowOperation Operation,
    int Times,
    string Clause,
    ImmutableArray<string> LegalOutcomes)
    : Fault(Id, FaultSeam.Flow, Clause, LegalOutcomes);
