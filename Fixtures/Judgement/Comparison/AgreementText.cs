// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>What an agreement means, in words.</summary>
public static class AgreementText
{
    /// <summary>A sentence.</summary>
    /// <param name="agreement">Who agrees with whom.</param>
    /// <param name="a">Name of the first peer.</param>
    /// <param name="b">Name of the second peer.</param>
    public static string Of(Agreement agreement, string a, string b) => agreement switch
    {
        Agreement.All => "all three agree",
        Agreement.OnlyPeers => $"{a} and {b} agree with each other, and neither with us",
        Agreement.EachWithUs => $"{a} and {b} agree with us, and not with each other",
        Agreement.OnlyAWithUs => $"{a} agrees with us; {b} agrees with neither",
        Agreement.OnlyBWithUs => $"{b} agrees with us; {a} agrees with neither",
        Agreement.AllButAWithUs => $"{b} agrees with us and with {a}; {a} does not agree with us",
        Agreement.AllButBWithUs => $"{a} agrees with us and with {b}; {b} does not agree with us",
        Agreement.None => "no two agree",
        Agreement.Unknown => "not all three could be tried",
        _ => throw new ArgumentOutOfRangeException(nameof(agreement), agreement, "not an agreement"),
    };
}
