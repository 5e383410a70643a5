// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire;

/// <summary>What is wrong with octets that a peer sent, and where.</summary>
/// <param name="Kind">The class of defect.</param>
/// <param name="Offset">Offset of the offending field in octets, from the start of the datagram given to the outermost reader.</param>
/// <param name="Field">The field in the RFC's words, with its path: "SA > Proposal 1 > Transform 2 > length".</param>
/// <param name="Detail">One sentence with the values that contradict each other.</param>
public readonly record struct WireError(WireErrorKind Kind, int Offset, string Field, string Detail)
{
    /// <summary>The same defect seen from the enclosing structure, whose name is put before the field path.</summary>
    public WireError Within(string structure) => this with { Field = $"{structure} > {Field}" };

    /// <summary>For example "Truncated at offset 28, field SA > length: 2 octets needed, 1 left".</summary>
    public override string ToString() => $"{Kind} at offset {Offset}, field {Field}: {Detail}";

    /// <summary>Hands the defect to the out parameter of a Try method and returns what that method has to return.</summary>
    internal bool Fail(out WireError error)
    {
        error = this;
        return false;
    }
}
