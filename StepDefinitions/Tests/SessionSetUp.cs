// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.StepDefinitions.Tests.Support;

namespace Ipsec.StepDefinitions.Tests;

/// <summary>The session that claims take their clauses from: with the real ledger.</summary>
[SetUpFixture]
public sealed class SessionSetUp
{
    private RunSession? _session;

    [OneTimeSetUp]
    public void Begin()
    {
        _session = new RunSession(
            new RunOptions { Peers = [PeerCatalog.Self], OutputDirectory = TestContext.CurrentContext.WorkDirectory, Seed = 1 },
            PeerCatalog.Default,
            ClauseLedger.LoadFolder(Path.Combine(FeatureText.Folder, "Ledger")),
            _ => { });
        RunSession.Begin(_session);
    }

    [OneTimeTearDown]
    public async Task EndAsync() => await _session!.DisposeAsync();
}
