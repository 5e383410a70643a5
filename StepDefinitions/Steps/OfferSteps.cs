// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What is offered in either phase, beyond one suite.</summary>
[Binding]
public sealed class OfferSteps(Scene scene)
{
    [Given("west offers a life of (\\d+) seconds in phase 1")]
    public void GivenPhase1Life(uint seconds) => scene.Policy = West(side => side.WithPhase1Lifetime(seconds));

    [Given("west offers a life of (\\d+) seconds and (\\d+) kilobytes in phase 1")]
    public void GivenPhase1Life(uint seconds, ulong kilobytes) => scene.Policy = West(side => side with
    {
        Phase1 = [.. side.Phase1.Select(suite => suite with { LifetimeSeconds = seconds, LifetimeKilobytes = kilobytes })],
    });

    [Given("west offers a life of (\\d+) seconds in phase 2")]
    public void GivenPhase2Life(uint seconds) => scene.Policy = West(side => side with { ChildSeconds = seconds });

    [Given("west offers a life of (\\d+) seconds and (\\d+) kilobytes in phase 2")]
    public void GivenPhase2Life(uint seconds, uint kilobytes) =>
        scene.Policy = West(side => side with { ChildSeconds = seconds, ChildKilobytes = kilobytes });

    [Given("west says nothing of a life in phase 2")]
    public void GivenNoLife() => scene.Policy = West(side => side with { OmitsLifetime = true });

    [Given("east allows the SAs of phase 2 a life of (\\d+) seconds")]
    public void GivenLifeOfEast(uint seconds) => scene.Policy = scene.Policy with { East = scene.Policy.East with { ChildSeconds = seconds } };

    [Given("(west|east) offers or accepts for phase 2")]
    public void GivenSuites(Side side, Table table)
    {
        ImmutableArray<Phase2Suite> suites = [.. table.Rows.Select(row => SidePolicy.IpsecSuite(row["suite"]))];
        scene.Policy = side == Side.West ? West(own => own with { Phase2 = suites }) : scene.Policy with { East = scene.Policy.East with { Phase2 = suites } };
    }

    [Given("phase 2 runs in (tunnel|transport) mode")]
    public void GivenMode(SaMode mode)
    {
        scene.Policy = scene.Policy.Both(side => side with { Encapsulation = mode });
        scene.ControlPolicy = scene.ControlPolicy.Both(side => side with { Encapsulation = mode });
    }

    [Given("west sends vendor IDs that nobody knows")]
    public void GivenVendorIds() => scene.Policy = West(side => side with { VendorIds = UnknownVendorIds });


    /// <summary>Of the size of an MD5 hash, which is customary, shorter and longer.</summary>
    internal static ImmutableArray<ReadOnlyMemory<byte>> UnknownVendorIds { get; } =
        [.. new[] { 16, 1, 100 }.Select(size => (ReadOnlyMemory<byte>)Enumerable.Range(size, size).Select(octet => (byte)(octet * 151)).ToArray())];

    private ScenePolicy West(Func<SidePolicy, SidePolicy> change) => scene.Policy with { West = change(scene.Policy.West) };
}
