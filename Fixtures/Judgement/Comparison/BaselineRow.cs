// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>One policy with one side as the initiator, between our gateway and each of two peers, and between these two.</summary>
/// <param name="Scenario">Id of the scenario's records.</param>
/// <param name="Name">What the policy is, for people.</param>
/// <param name="WithA">What came of our gateway and the first peer; null where that was not run.</param>
/// <param name="WithB">What came of our gateway and the second peer; null where that was not run.</param>
/// <param name="Between">What came of the two peers with each other; null where that was not run.</param>
public sealed record BaselineRow(string Scenario, string Name, Verdict? WithA, Verdict? WithB, Verdict? Between)
{
    /// <summary>Who agrees with whom.</summary>
    public Agreement Agreement => (Agrees(WithA), Agrees(WithB), Agrees(Between)) switch
    {
        (null, _, _) or (_, null, _) or (_, _, null) => Agreement.Unknown,
        (true, true, true) => Agreement.All,
        (false, false, true) => Agreement.OnlyPeers,
        (true, true, false) => Agreement.EachWithUs,
        (true, false, false) => Agreement.OnlyAWithUs,
        (false, true, false) => Agreement.OnlyBWithUs,
        (false, true, true) => Agreement.AllButAWithUs,
        (true, false, true) => Agreement.AllButBWithUs,
        (false, false, false) => Agreement.None,
    };

    /// <summary>Whether two came to terms; null where that is not known.</summary>
    private static bool? Agrees(Verdict? verdict) => verdict switch
    {
        Verdict.Pass or Verdict.Fixed => true,
        Verdict.Fail or Verdict.NonStrict or Verdict.Known => false,
        _ => null,
    };
}
