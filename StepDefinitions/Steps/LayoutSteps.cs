// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Which sections protected packets have, and what of them encryption and ICV cover.</summary>
[Binding]
public sealed class LayoutSteps(Scene scene, Claims claims)
{
    [Then("each (ESP|AH) packet from east consists of")]
    public void ThenSections(string protocol, Table table)
    {
        SectionOracle.Row[] rows = [.. table.Rows.Select(row => new SectionOracle.Row(row["section"], row["bytes"], row["encrypted"] == "yes", Coverage(row["ICV covers it"])))];
        ObservedFrame[] frames = [.. scene.Frames.Where(frame => frame.Number > scene.TrafficStartsAt && frame.From == "east" && (protocol == "ESP" ? frame is ObservedEsp : frame is ObservedAh))];
        claims.Hold(frames.Length > 0, $"{protocol} packets from east", () => "none");
        foreach (var frame in frames)
        {
            claims.Hold(SectionOracle.Check(rows, frame, (scene.Bed.Addresses.East, scene.Bed.Addresses.West)));
        }
    }

    private static IcvCoverage Coverage(string cell) => cell switch
    {
        "no" => IcvCoverage.None,
        "yes" => IcvCoverage.Whole,
        "immutable fields" => IcvCoverage.ImmutableFields,
        "is it" => IcvCoverage.Itself,
        _ => throw new ArgumentException($"\"{cell}\" is not one of yes, no, immutable fields and is it", nameof(cell)),
    };
}
