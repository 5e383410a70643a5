// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Tests.Run;

/// <summary>Ids of records: permanent, unique in an outline, safe as file names.</summary>
public class ScenarioIdsTests
{
    [Test]
    public void APlainScenarioKeepsItsId() => ScenarioIds.ForRecord("IKE1-MM-001", []).Should().Be("IKE1-MM-001");

    [TestCase(new[] { "AES-CBC-256", "SHA1" }, "IKE1-MM-004.aes-cbc-256-sha1")]
    [TestCase(new[] { "the last byte", "SA, VID*" }, "IKE1-MM-004.the-last-byte-sa-vid")]
    [TestCase(new[] { "  1  " }, "IKE1-MM-004.1")]
    public void ARowAddsItsValues(string[] values, string expected) => ScenarioIds.ForRecord("IKE1-MM-004", values).Should().Be(expected);

    [Test]
    public void LongRowsStayApart()
    {
        var common = new string('x', 200);

        var first = ScenarioIds.ForRecord("A", [common, "1"]);
        var second = ScenarioIds.ForRecord("A", [common, "2"]);

        first.Should().NotBe(second);
        first.Length.Should().BeLessThanOrEqualTo("A.".Length + 60);
    }

    [Test]
    public void RowsWithoutLettersStayApart() =>
        ScenarioIds.ForRecord("A", ["*"]).Should().NotBe(ScenarioIds.ForRecord("A", ["%"])).And.MatchRegex("^A\\.[0-9a-f]{8}$");

    [Test]
    public void AnyRowGivesASafeFileName() => Gen.String.Array[1, 5].Sample(values =>
        ScenarioIds.ForRecord("A", values)[2..].All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'));

    [Test]
    public void SeedsDependOnRunScenarioAndPeerAlone()
    {
        var seed = ScenarioIds.SeedOf(7, "A", "self");

        seed.Should().Be(ScenarioIds.SeedOf(7, "A", "self"));
        new[] { ScenarioIds.SeedOf(8, "A", "self"), ScenarioIds.SeedOf(7, "B", "self"), ScenarioIds.SeedOf(7, "A", "strongswan") }
            .Should().NotContain(seed);
    }
}
