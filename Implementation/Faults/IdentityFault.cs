// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Faults;

/// <summary>A misbehaviour in the identity that an endpoint claims in phase 1: proved right, but not one it may have.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Selector">The message that carries the identity.</param>
/// <param name="Operation">What is done to the ID payload.</param>
/// <param name="Clause">The clause that judges the reaction.</param>
/// <param name="LegalOutcomes">What the clause allows, for a person.</param>
public sealed record IdentityFault(string Id, MessageSelector Selector, PayloadOperation Operation, string Clause, ImmutableArray<string> LegalOutcomes)
    : Fault(Id, FaultSeam.Policy, Clause, LegalOutcomes)
{
    private const int FixedFields = 4;

    /// <summary>The bent identity.</summary>
    /// <param name="identity">The honest one.</param>
    /// <returns>Another ID payload, of which every field but the generic header can be wrong.</returns>
    public IdentificationPayload Apply(IdentificationPayload identity)
    {
        var bent = Operation.Apply([identity], 0);
        var body = bent is [var id] ? id.Body : ReadOnlyMemory<byte>.Empty;
        if (body.Length < FixedFields)
        {
            throw new InvalidOperationException($"{Id} leaves no ID payload that could be proved");
        }

        var port = (ushort)((body.Span[2] << 8) | body.Span[3]);
        return new IdentificationPayload((IdType)body.Span[0], body.Span[1], port, body[FixedFields..]);
    }
}
