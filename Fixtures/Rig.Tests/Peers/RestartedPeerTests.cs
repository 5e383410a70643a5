// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Tests.Peers;

/// <summary>A lost peer costs the scenarios that lost it, and not those that come after.</summary>
public class RestartedPeerTests
{
    [Test]
    public async Task ALostPeerIsReplacedForTheNextScenario()
    {
        var driver = new MortalDriver();
        await using var pool = NewPool(driver);
        var peer = await pool.RequireAsync("mortal");
        await (await peer.OpenBedAsync(new(1), CancellationToken.None)).DisposeAsync();
        driver.Peers.Single().IsLost = true;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => peer.OpenBedAsync(new((ulong)number), CancellationToken.None))));

        driver.Peers.Should().HaveCount(2);
        driver.Peers.Select(each => each.Beds).Should().BeEquivalentTo([1, 6]);
        driver.Peers.Select(each => each.IsAbandoned).Should().BeEquivalentTo([true, false]);
        driver.Said.Should().ContainSingle().Which.Should().Be("mortal was lost; it is started again");
    }

    [Test]
    public async Task APeerThatIsAlwaysLostIsGivenUp()
    {
        var driver = new MortalDriver { AreBornLost = true };
        await using var pool = NewPool(driver);
        var peer = await pool.RequireAsync("mortal");

        for (var scenario = 0; scenario < 10; scenario++)
        {
            await FluentActions.Awaiting(() => peer.OpenBedAsync(new(1), CancellationToken.None)).Should().ThrowAsync<EnvironmentException>();
        }

        driver.Peers.Should().HaveCount(4);
        peer.IsLost.Should().BeTrue();
    }

    [Test]
    public async Task EveryPeerThatCameUpIsTakenDown()
    {
        var driver = new MortalDriver();
        var pool = NewPool(driver);
        var peer = await pool.RequireAsync("mortal");
        driver.Peers.Single().IsLost = true;
        await (await peer.OpenBedAsync(new(1), CancellationToken.None)).DisposeAsync();

        await pool.DisposeAsync();

        driver.Peers.Should().HaveCount(2).And.OnlyContain(each => each.IsDisposed);
    }

    private static PeerPool NewPool(MortalDriver driver) =>
        new(new PeerCatalog([driver]), new PeerStartRequest(MayInstall: false, driver.Said.Enqueue, CancellationToken.None));

    private sealed class MortalDriver : IPeerDriver
    {
        public bool AreBornLost { get; init; }

        public ConcurrentQueue<MortalPeer> Peers { get; } = new();

        public ConcurrentQueue<string> Said { get; } = new();

        public string Name => "mortal";

        public bool NeedsContainer => true;

        public Task<PeerStart> StartAsync(PeerStartRequest request)
        {
            var peer = new MortalPeer { IsLost = AreBornLost };
            Peers.Enqueue(peer);
            return Task.FromResult<PeerStart>(new PeerStart.Ready(peer));
        }
    }

    private sealed class MortalPeer : IPeer
    {
        private int _beds;

        public int Beds => _beds;

        public bool IsAbandoned { get; private set; }

        public bool IsDisposed { get; private set; }

        public bool IsLost { get; set; }

        public PeerRecord Record { get; } = new("mortal", "1", Image: null, DataPlane: "in-memory");

        public string? Engine => null;

        public Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _beds);
            return IsLost ? throw new EnvironmentException("mortal is gone") : Task.FromResult<TestBed>(new VirtualTestBed(request));
        }

        public ValueTask AbandonAsync()
        {
            IsAbandoned = true;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
