// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What each side's SAs hold.</summary>
[Binding]
public sealed class SaContentSteps(Scene scene, Claims claims)
{
    [Then("east's data plane holds each SA with the addresses, mode, keys and ICV length that west's has")]
    public async Task ThenSame()
    {
        var listed = await scene.Bed.East.ListKeysAsync();
        claims.Hold(SaContent.Same([.. scene.WestSas.Select(SaContent.Of)], [.. listed.Select(keys => keys.Content)]));
    }

    [Then("east lists the pair with a life of (\\d+) seconds, a few of which have passed")]
    public async Task ThenLife(long seconds)
    {
        const long AFew = 60;
        if (!scene.Bed.East.ListsEnds)
        {
            throw new UnsupportedException("the peer lists when it will replace a pair, not when the pair ends");
        }

        var east = await scene.WaitForEastAsync(sas => !sas.ChildSas.IsEmpty);
        claims.Hold(
            east.ChildSas.Length > 0 && east.ChildSas.All(pair => pair.SecondsToEnd is { } left && left <= seconds && left > seconds - AFew),
            $"a pair that ends in {seconds - AFew} to {seconds} seconds",
            () => string.Join(", ", east.ChildSas.Select(pair => $"{pair.SecondsToEnd?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no end"}").DefaultIfEmpty("no pair")));
    }
}
