// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>What strongSwan does when an exchange cannot succeed: what scenarios about refusals rest on.</summary>
[TestFixture]
[Category("strongswan")]
public sealed class StrongSwanRefusalTests
{
    private static readonly TimeSpan UntilGivenUp = TimeSpan.FromSeconds(40);

    private IPeer _peer = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assume.That(RealPeer.IsWanted, $"{RunOptions.DriverTestsVariable} does not name strongswan");
        _peer = await RealPeer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }
    }

    [Test]
    public async Task AWrongKey([Values] bool westInitiates)
    {
        await using var bed = await RealPeer.OpenAsync(_peer, east: policy => policy with { PreSharedKey = "another" });
        await RefusalAsync(bed, westInitiates);
    }

    [Test]
    public async Task NoCommonPhase1Proposal([Values] bool westInitiates)
    {
        await using var bed = await RealPeer.OpenAsync(_peer, east: policy => policy.With(Policies.Suite("AES-CBC-256", "HMAC-SHA1", "ECP-256")));
        await RefusalAsync(bed, westInitiates);
    }

    [Test]
    public async Task NoCommonPhase2Proposal([Values] bool westInitiates)
    {
        await using var bed = await RealPeer.OpenAsync(_peer, east: policy => policy.With(phase2: Policies.Cbc));
        await RefusalAsync(bed, westInitiates);
        bed.WestWitness.Saw<IkeSaEstablished>().Should().NotBeEmpty();
    }

    private static async Task RefusalAsync(TestBed bed, bool westInitiates)
    {
        if (westInitiates)
        {
            bed.Loop.Post(() => bed.West.Command(new InitiateChildSa("tunnel", Policies.Child)));
        }
        else
        {
            await bed.East.InitiateChildAsync(Policies.Child);
        }

        bed.WaitUntil(() => bed.Wire.Frames.Count > 2 || bed.WestWitness.Saw<ExchangeFailed>().Any(), RealPeer.Soon).Should().BeTrue();
        var watch = Stopwatch.StartNew();
        var left = await bed.East.WaitForSasAsync(sas => sas.IkeSas.All(sa => sa.IsEstablished), UntilGivenUp);
        left.IkeSas.Should().NotContain(sa => !sa.IsEstablished);
        await TestContext.Progress.WriteLineAsync($"east came to rest after {watch.ElapsedMilliseconds} ms");
        await TestContext.Progress.WriteLineAsync($"==== {TestContext.CurrentContext.Test.Name}\n{await RealPeer.StoryAsync(bed)}");
        bed.WestWitness.Saw<InstallChildSa>().Should().BeEmpty();
        (await bed.East.ListSasAsync()).ChildSas.Should().BeEmpty();
    }
}
