// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Faults;

/// <summary>A misbehaviour in the bytes of a message.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Seam"><see cref="FaultSeam.PlainBytes"/> or <see cref="FaultSeam.ProtectedBytes"/>.</param>
/// <param name="Selector">The message.</param>
/// <param name="Operation">What is done to it.</param>
/// <param name="Clause">The clause that judges the reaction.</param>
/// <param name="LegalOutcomes">What the clause allows, for a person.</param>
public sealed record BytesFault(
    string Id,
    FaultSeam Seam,
    MessageSelector Selector,
    BytesOperation Operation,
    string Clause,
    ImmutableArray<string> LegalOutcomes)
    : Fault(Id, Seam, Clause, LegalOutcomes);
