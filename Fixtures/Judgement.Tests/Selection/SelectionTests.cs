// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Selection;

public sealed class SelectionTests
{
    private const string Feature = "IKEv1 phase 1: Main Mode";
    private const string Name = "Six messages cross the wire";

    private static readonly ScenarioTags Tags = Parse(
        "id:IKE1-MM-003", "clause:RFC2409-5.4-01", "clause:RFC2408-5.1-03", "must", "ikev1", "main-mode", "judges:both", "responder");

    [TestCase("IKE1-MM-003", true)]
    [TestCase("ike1-mm-003", true)]
    [TestCase("IKE1-MM", true, Description = "a leading part of an id")]
    [TestCase("IKE1-MM-00", false, Description = "parts end where numbers end")]
    [TestCase("IKE1-MM-*", true)]
    [TestCase("*-003", true)]
    [TestCase("IKE1-MM-004", false)]
    [TestCase("RFC2409", true)]
    [TestCase("RFC2409-5", true)]
    [TestCase("RFC2409-5.4", true)]
    [TestCase("rfc2409-5.4-01", true)]
    [TestCase("RFC2409-5.4-0", false)]
    [TestCase("RFC2409-5.41", false)]
    [TestCase("RFC2408-5.1", true)]
    [TestCase("RFC240", false)]
    [TestCase("RFC240*", true)]
    [TestCase("@must", true)]
    [TestCase("@MUST", true)]
    [TestCase("@mus", false, Description = "tags are whole")]
    [TestCase("@*-mode", true)]
    [TestCase("@clause:RFC2409-*", true)]
    [TestCase("@should", false)]
    [TestCase("must", false, Description = "without @ it is no tag")]
    [TestCase("IKEv1 phase 1: Main Mode", true)]
    [TestCase("ikev1 PHASE 1*", true)]
    [TestCase("Main Mode", false)]
    [TestCase("*main mode", true)]
    [TestCase("six messages*", true)]
    [TestCase("IKE2-SA-001,@must", true, Description = "comma is or")]
    [TestCase(" IKE2-SA-001 , IKE1-MM-003 ", true, Description = "blanks around terms do not count")]
    [TestCase("IKE2-SA-001,IKE2-SA-002", false)]
    public void ATermSelects(string select, bool matches) => Select([select]).Matches(Tags, Feature, Name).Should().Be(matches);

    [Test]
    public void NothingAskedForIsEverything()
    {
        Select([]).Matches(Tags, Feature, Name).Should().BeTrue();
        Judgement.Selection.All.Matches(Tags, Feature, Name).Should().BeTrue();
    }

    [TestCase("@must", "@ikev1", true)]
    [TestCase("@must", "@ikev2", false)]
    [TestCase("@may,@must", "IKE1-*", true)]
    public void ARepeatedOptionNarrows(string first, string second, bool matches) =>
        Select([first, second]).Matches(Tags, Feature, Name).Should().Be(matches);

    [TestCase("@must", false)]
    [TestCase("@should", true)]
    [TestCase("@should,IKE1-MM-003", false)]
    public void ExcludeTakesAway(string exclude, bool matches) =>
        Select(["@ikev1"], [exclude]).Matches(Tags, Feature, Name).Should().Be(matches);

    [Test]
    public void EachExcludeTakesAway() => Select([], ["@should", "@must"]).Matches(Tags, Feature, Name).Should().BeFalse();

    [TestCase("responder", true)]
    [TestCase("RESPONDER", true)]
    [TestCase("initiator", false)]
    [TestCase(null, true)]
    public void RoleNarrows(string? role, bool matches) => Select([], [], role).Matches(Tags, Feature, Name).Should().Be(matches);

    [Test]
    public void AScenarioWithoutRoleIsNotOfTheRoleAskedFor()
    {
        var tags = Parse("id:X-1", "clause:A-1-01", "must", "ikev1", "judges:both");

        Select([], [], "initiator").Matches(tags, Feature, Name).Should().BeFalse();
        Select([], [], "initiator").Role.Should().Be(Role.Initiator);
    }

    [TestCase("", "--select '': an empty term*write for example --select IKE1-MM-001*")]
    [TestCase("  ", "*an empty term*")]
    [TestCase(",", "*an empty term*write for example*")]
    [TestCase("@must,", "--select '@must,': an empty term*write --select '@must'")]
    [TestCase(",@must", "*write --select '@must'")]
    [TestCase("@must,,@should", "*write --select '@must,@should'")]
    [TestCase("@", "*'@' names no tag*")]
    [TestCase("@@must", "*'@@must' has more than one @*")]
    [TestCase("@must,@@", "*'@@' names no tag; write --select '@must'")]
    public void AMalformedSelectionSaysWhatIsRight(string select, string error)
    {
        Judgement.Selection.TryParse([select], [], null, out _, out var found).Should().BeFalse();
        found.Should().Match(error);
    }

    [Test]
    public void TheErrorNamesTheOption()
    {
        Judgement.Selection.TryParse(["@must"], ["a,"], null, out _, out var error).Should().BeFalse();
        error.Should().StartWith("--exclude 'a,'");
    }

    [TestCase("")]
    [TestCase("both")]
    [TestCase("none")]
    public void AnUnknownRoleIsAnError(string role)
    {
        Judgement.Selection.TryParse([], [], role, out _, out var error).Should().BeFalse();
        error.Should().Be($"--role '{role}': a role is initiator or responder");
    }

    private static Judgement.Selection Select(string[] select, string[]? exclude = null, string? role = null)
    {
        Judgement.Selection.TryParse(select, exclude ?? [], role, out var selection, out var error).Should().BeTrue(error);
        error.Should().BeEmpty();
        return selection;
    }

    private static ScenarioTags Parse(params string[] source)
    {
        ScenarioTags.TryParse(source, out var tags, out _).Should().BeTrue();
        return tags;
    }
}
