// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Ledger;

public sealed class ClauseLedgerTests
{
    private const string HeaderRow = "id,level,role,requirement,how_observed,testable,priority,verified\n";

    [Test]
    public void RowsBecomeClauses()
    {
        var ledger = Samples.LoadLedger();

        ledger.All.Should().HaveCount(6);
        ledger.TryFind("RFC2409-5-08", out var clause).Should().BeTrue();
        clause.Should().Be(new Clause(
            "RFC2409-5-08", Level.Must, "MUST", "both", "Nonce data is 8 to 256 octets.", "Send 7 octets, then 257.", "wire", 1)
        { Verified = true, Ledger = "sample" });
        ledger.TryFind("rfc2409-5-08", out _).Should().BeFalse();
    }

    [TestCase("RFC2409-5-12", Level.Must, "MUST NOT")]
    [TestCase("RFC2408-5.1-04", Level.Should, "SHOULD")]
    [TestCase("RFC2408-5.4-03", Level.May, "MAY")]
    public void NegatedLevelsBindAsStrongly(string id, Level level, string text)
    {
        Samples.LoadLedger().TryFind(id, out var clause).Should().BeTrue();
        clause!.Level.Should().Be(level);
        clause.LevelText.Should().Be(text);
    }

    [TestCase("A-1-01,MUST,both,r,h,wire,1", "7")]
    [TestCase("A-1-01,MUST,both,r,h,wire,1,yes,more", "9")]
    [TestCase("A-1-01,SHALL,both,r,h,wire,1,yes", "*level 'SHALL' is not MUST*")]
    [TestCase("A-1-01,MUST,both,,h,wire,1,yes", "*no requirement*")]
    [TestCase("A-1-01,MUST,both,r,h,wire,high,yes", "*priority 'high'*")]
    [TestCase("A-1-01,MUST,both,\"r,h,wire,1,yes", "*")]
    public void AWrongRowIsRefusedWithItsPlace(string row, string complaint)
    {
        var load = () => ClauseLedger.Load([("ikev1", new StringReader(HeaderRow + row + "\n"))]);

        load.Should().Throw<InvalidDataException>().WithMessage("ikev1 line 2*").WithMessage("*" + complaint + "*");
    }

    [Test]
    public void AColumnThatIsMissingIsRefused()
    {
        var load = () => ClauseLedger.Load([("ikev1", new StringReader("id,level\nA-1-01,MUST\n"))]);

        load.Should().Throw<InvalidDataException>().WithMessage("*no priority*");
    }

    [Test]
    public void AnIdStandsOnceInAllFiles()
    {
        const string Row = "A-1-01,MUST,both,r,h,wire,1,yes\n";
        var load = () => ClauseLedger.Load([("one", new StringReader(HeaderRow + Row)), ("two", new StringReader(HeaderRow + Row))]);

        load.Should().Throw<InvalidDataException>().WithMessage("two line 2: A-1-01 stands already at one line 2");
    }

    [Test]
    public void QuotedFieldsMayHoldLineBreaks()
    {
        const string Row = "A-1-01,MUST,both,\"one\r\n\"\"two\"\"\",h,wire,1,no\r\n";
        var ledger = ClauseLedger.Load([("x", new StringReader(HeaderRow.ReplaceLineEndings("\r\n") + Row))]);

        ledger.All.Single().Requirement.Should().Be("one\r\n\"two\"");
        ledger.All.Single().Verified.Should().BeFalse();
    }

    [Test]
    public void TheSuitesOwnLedgerLoads()
    {
        var ledger = ClauseLedger.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Ledger"));

        ledger.All.Should().HaveCountGreaterThan(690);
        ledger.All.Select(clause => clause.Ledger).Distinct().Should().BeEquivalentTo("esp-ah", "ikev1", "ikev2");
        ledger.All.Should().AllSatisfy(clause => clause.Id.Should().MatchRegex(@"^[A-Z0-9-]+-[0-9A-Z.]+-[0-9]{2}$"));
        ledger.All.Select(clause => clause.Role).Distinct().Should()
            .BeSubsetOf(["initiator", "responder", "both", "sender", "receiver", "gateway", "host"]);
        ledger.All.Select(clause => clause.Testable).Distinct().Should().BeSubsetOf(["wire", "vector", "not-on-wire"]);
        ledger.All.Select(clause => clause.Priority).Distinct().Should().BeSubsetOf([1, 2, 3]);
    }
}
