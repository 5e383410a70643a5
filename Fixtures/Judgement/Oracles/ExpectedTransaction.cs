// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>One row of a scenario's table of transactions.</summary>
/// <param name="From"><c>west</c> or <c>east</c>.</param>
/// <param name="Message">REQUEST, REPLY, SET or ACK.</param>
/// <param name="Attributes">
/// Names of attributes in any order, comma separated; a star marks one that may be there or not. "any" stands for whatever there is.
/// </param>
public sealed record ExpectedTransaction(string From, string Message, string Attributes)
{
    /// <inheritdoc/>
    public override string ToString() => $"{From}: {Message} of {(Attributes.Length == 0 ? "nothing" : Attributes)}";
}
