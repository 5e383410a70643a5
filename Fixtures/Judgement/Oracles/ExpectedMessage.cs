// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>One row of a scenario's message table.</summary>
/// <param name="From"><c>west</c> or <c>east</c>.</param>
/// <param name="Exchange">Exchange type in the words of RFC 2408.</param>
/// <param name="Encrypted">Whether its payloads are encrypted; null where both are legal.</param>
/// <param name="Payloads">Short names, comma separated; a star marks one that may be there any number of times, or not at all.</param>
public sealed record ExpectedMessage(string From, string Exchange, bool? Encrypted, string Payloads)
{
    private string Protection => Encrypted switch
    {
        true => "encrypted",
        false => "clear",
        null => "encrypted or clear",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{From}: {Exchange}, {Protection}, {Payloads}";
}
