// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Tests.Run;

/// <summary>Sessions and scenarios for tests.</summary>
internal static class Sessions
{
    public static RunSession New(string outputDirectory = "out", EvidenceMode evidence = EvidenceMode.Failed, params IPeerDriver[] drivers) => new(
        new RunOptions { Peers = ["self"], OutputDirectory = outputDirectory, Seed = 40, Evidence = evidence },
        new PeerCatalog([new SelfDriver(), .. drivers]),
        ClauseLedger.Empty,
        _ => { });

    public static ScenarioIdentity Scenario(string id = "IKE1-MM-001", string peer = "self")
    {
        ScenarioTags.TryParse([$"id:{id}", "clause:RFC2409-5.4-01", "must", "ikev1", "judges:peer"], out var tags, out _).Should().BeTrue();
        return new ScenarioIdentity($"test-{id}", id, "title", "feature", tags, peer);
    }
}
