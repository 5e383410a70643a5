// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Cli.Commands;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>Peers that cannot be had: skipped when nobody asked for them, an error when somebody did.</summary>
public class PeerPreparationTests
{
    private static readonly string[] Both = ["self", "ghost"];

    [Test]
    public async Task ByDefaultTheyAreSkippedInOneLine()
    {
        using var terminal = new TestTerminal();
        await using var pool = NewPool();

        var ready = await PeerPreparation.StartAsync(pool, new ScenarioChoice([], Selection.All), Both, terminal.Terminal);

        ready.Should().ContainSingle().Which.Name.Should().Be("self");
        terminal.OutText.TrimEnd().Should().Be("ghost is skipped: no container engine answers; to mend it: apt-get install docker.io");
        terminal.ErrorLines.Should().BeEmpty();
    }

    [Test]
    public async Task AskedForByNameTheyEndTheRun()
    {
        using var terminal = new TestTerminal();
        await using var pool = NewPool();

        var ready = await PeerPreparation.StartAsync(pool, new ScenarioChoice(["self", "ghost"], Selection.All), Both, terminal.Terminal);

        ready.Should().BeEmpty();
        terminal.ErrorLines.Should().ContainSingle().Which.Should().Contain("ghost cannot be started").And.Contain("apt-get install docker.io");
    }

    private static PeerPool NewPool() => new(
        new PeerCatalog(new SelfDriver(), new GhostDriver()), new PeerStartRequest(MayInstall: false, _ => { }, CancellationToken.None));
}
