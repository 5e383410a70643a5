// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Faults;

/// <summary>A misbehaviour in the payloads of a message.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Seam"><see cref="FaultSeam.Message"/>, or <see cref="FaultSeam.PlainBytes"/> when no HASH is to cover it.</param>
/// <param name="Selector">The message and the payload.</param>
/// <param name="Operation">What is done to it.</param>
/// <param name="Clause">The clause that judges the reaction.</param>
/// <param name="LegalOutcomes">What the clause allows, for a person.</param>
public sealed record PayloadFault(
    string Id,
    FaultSeam Seam,
    MessageSelector Selector,
    PayloadOperation Operation,
    string Clause,
    ImmutableArray<string> LegalOutcomes)
    : Fault(Id, Seam, Clause, LegalOutcomes);
