// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Tests.Peers;

/// <summary>Peers come up once, and what cannot come up says why.</summary>
public class PeerPoolTests
{
    [Test]
    public async Task APeerIsStartedOnceHoweverManyWantIt()
    {
        var driver = new CountingDriver(new PeerStart.Unavailable("no engine answers", "apt-get install docker.io"));
        await using var pool = NewPool(driver);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => pool.StartAsync("counting"))));

        driver.Starts.Should().Be(1);
    }

    [Test]
    public async Task APeerThatCannotBeHadIsTheEnvironmentsFault()
    {
        await using var pool = NewPool(new CountingDriver(new PeerStart.Unavailable("no engine answers", "apt-get install docker.io")));

        var require = () => pool.RequireAsync("counting");

        (await require.Should().ThrowAsync<EnvironmentException>()).WithMessage("counting: no engine answers; to mend it: apt-get install docker.io");
    }

    [Test]
    public async Task AnUnknownNameIsRefusedWithTheKnownOnes()
    {
        await using var pool = NewPool();

        var start = () => pool.StartAsync("cisco");

        (await start.Should().ThrowAsync<ArgumentException>()).WithMessage("unknown peer 'cisco': known are self*");
    }

    private static PeerPool NewPool(params IPeerDriver[] drivers) =>
        new(new PeerCatalog([new SelfDriver(), .. drivers]), new PeerStartRequest(MayInstall: false, _ => { }, CancellationToken.None));

    private sealed class CountingDriver(PeerStart outcome) : IPeerDriver
    {
        private int _starts;

        public int Starts => _starts;

        public string Name => "counting";

        public bool NeedsContainer => true;

        public async Task<PeerStart> StartAsync(PeerStartRequest request)
        {
            Interlocked.Increment(ref _starts);
            await Task.Yield();
            return outcome;
        }
    }
}
