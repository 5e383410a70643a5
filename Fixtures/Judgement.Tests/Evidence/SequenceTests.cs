// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Xml.Linq;
using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Evidence;

/// <summary>The ladder as Mermaid and as SVG.</summary>
public sealed class SequenceTests
{
    private static readonly LadderStep[] Steps =
    [
        new("west", "east", "Identity Protection #1", "SA", false, null, 0),
        new("east", "west", "Identity Protection #6", "ID, HASH", true, "late; and \"odd\" <b>", 1234.5),
        new("east", "east", "SA established", "", false, null, 1240),
    ];

    [Test]
    public void MermaidIsWhatItReads() => SequenceMermaid.Render(Steps).Should().Be(
        """
        sequenceDiagram
            participant p0 as west
            participant p1 as east
            p0->>p1: Identity Protection #35;1<br/>SA
            p1-->>p0: 🔒 Identity Protection #35;6<br/>ID, HASH
            Note over p0,p1: late#59; and #quot;odd#quot; #lt;b#gt;
            p1->>p1: SA established

        """.ReplaceLineEndings("\n"));

    [Test]
    public void AnEmptyLadderDrawsNothing()
    {
        SequenceMermaid.Render([]).Should().Be("sequenceDiagram\n");
        LadderSvg.Render([], "x").Should().BeEmpty();
    }

    [Test]
    public void SvgDrawsEveryMessage()
    {
        var svg = Svg(Steps);

        Texts(svg, "name").Should().Equal("west", "east");
        Texts(svg, "label").Should().Equal("Identity Protection #1", "Identity Protection #6", "SA established");
        Texts(svg, "sub").Should().Equal("SA", "ID, HASH");
        Texts(svg, "time").Should().Equal("0.0 ms", "1235 ms", "1240 ms");
        Texts(svg, "remark").Should().Equal("late; and \"odd\" <b>");
        Classed(svg, "encrypted").Should().ContainSingle().Which.Descendants("title").Single().Value.Should().Be("encrypted");
        Classed(svg, "clear").Should().HaveCount(2).And.OnlyContain(group => !group.Descendants("title").Any());
        svg.Element("title")!.Value.Should().Be("a & b");
    }

    [Test]
    public void EverythingLiesInsideTheDrawing()
    {
        var note = string.Concat(Enumerable.Repeat("note ", 60));
        var svg = Svg([.. Steps, new LadderStep("north", "west", new string('L', 70), "word " + new string('s', 300), true, note, 5)]);
        var width = Number(svg, "width");
        var height = Number(svg, "height");

        foreach (var rectangle in svg.Descendants("rect").Where(rectangle => rectangle.Parent!.Attribute("class")?.Value != "lock"))
        {
            Number(rectangle, "x").Should().BeGreaterThanOrEqualTo(0);
            (Number(rectangle, "x") + Number(rectangle, "width")).Should().BeLessThanOrEqualTo(width);
            (Number(rectangle, "y") + Number(rectangle, "height")).Should().BeLessThanOrEqualTo(height);
        }

        foreach (var text in svg.Descendants("text"))
        {
            var half = text.Value.Length * 7.1 / 2;
            var anchored = text.Attribute("text-anchor")?.Value == "middle";
            (Number(text, "x") - (anchored ? half : 0)).Should().BeGreaterThanOrEqualTo(0);
            (Number(text, "x") + (anchored ? half : 2 * half)).Should().BeLessThanOrEqualTo(width, text.Value);
            Number(text, "y").Should().BeLessThanOrEqualTo(height);
        }

        string.Concat(Texts(svg, "sub")).Replace(" ", "", StringComparison.Ordinal).Should().EndWith("word" + new string('s', 300));
    }

    [Test]
    public void MessagesDoNotOverlap()
    {
        var labels = Svg([.. Enumerable.Repeat(Steps, 3).SelectMany(step => step)]).Descendants("text")
            .Where(text => text.Attribute("class")!.Value is "label" or "sub" or "remark").Select(text => Number(text, "y")).ToList();

        labels.Zip(labels.Skip(1), (above, below) => below - above).Should().OnlyContain(distance => distance >= 16);
    }

    private static XElement Svg(IReadOnlyList<LadderStep> steps) => XElement.Parse(LadderSvg.Render(steps, "a & b"));

    private static IEnumerable<XElement> Classed(XElement svg, string name) =>
        svg.Descendants().Where(element => element.Attribute("class")?.Value == name);

    private static IEnumerable<string> Texts(XElement svg, string name) => Classed(svg, name).Select(element => element.Value);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
