// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using NUnit.Framework;
using Row = Ipsec.Fixtures.Judgement.SectionOracle.Row;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class SectionOracleTests
{
    private static readonly ObservedFrame Cbc = Last(new(EncryptionAlgorithm.Named("AES-CBC-128"), IntegrityAlgorithm.Named("HMAC-SHA2-256-128")), SaMode.Tunnel);
    private static readonly ObservedFrame Null = Last(new(EncryptionAlgorithm.Named("NULL"), IntegrityAlgorithm.Named("HMAC-SHA1-96")), SaMode.Transport);
    private static readonly ObservedFrame Ah = Last(Phase2Suite.Ah(IntegrityAlgorithm.Named("HMAC-SHA2-384-192")), SaMode.Tunnel);

    private static readonly Row[] CbcRows =
    [
        new("IP header: from gateway to gateway, protocol 50", "20", false, IcvCoverage.None),
        new("ESP header", "4 + 4", false, IcvCoverage.Whole),
        new("IV", "16", false, IcvCoverage.Whole),
        new("payload", "as sent", true, IcvCoverage.Whole),
        new("ESP trailer: padding, pad length, next header 4", "to 16", true, IcvCoverage.Whole),
        new("ICV", "16", false, IcvCoverage.Itself),
    ];

    private static readonly Row[] NullRows =
    [
        new("IP header: protocol 50", "20", false, IcvCoverage.None),
        new("ESP header", "8", false, IcvCoverage.Whole),
        new("IV", "0", false, IcvCoverage.Whole),
        new("payload", "as sent", false, IcvCoverage.Whole),
        new("ESP trailer: next header 1", "to 4", false, IcvCoverage.Whole),
        new("ICV", "12", false, IcvCoverage.Itself),
    ];

    private static readonly Row[] AhRows =
    [
        new("IP header: protocol 51", "20", false, IcvCoverage.ImmutableFields),
        new("AH header: next header 4", "12", false, IcvCoverage.Whole),
        new("ICV", "24", false, IcvCoverage.Itself),
        new("payload", "as sent", false, IcvCoverage.Whole),
    ];

    private static IEnumerable<TestCaseData> WrongRows =>
    [
        Case(CbcRows, 0, row => row with { Bytes = "24" }, "20 octets from octet 0 on"),
        Case(CbcRows, 0, row => row with { Section = "IP header: protocol 51" }, "protocol 50"),
        Case(CbcRows, 0, row => row with { Coverage = IcvCoverage.Whole }, "the ICV does not cover octet 0"),
        Case(CbcRows, 1, row => row with { Bytes = "4" }, "8 octets from octet 20 on"),
        Case(CbcRows, 2, row => row with { Coverage = IcvCoverage.None }, "the ICV covers octet 28"),
        Case(CbcRows, 2, row => row with { IsEncrypted = true }, "it stands outside of what is encrypted"),
        Case(CbcRows, 3, row => row with { IsEncrypted = false }, "it does not stand there in clear"),
        Case(CbcRows, 4, row => row with { Section = "ESP trailer: next header 41" }, "next header 4"),
        Case(CbcRows, 4, row => row with { Bytes = "to 64" }, " octets from octet "),
        Case(CbcRows, 5, row => row with { Bytes = "12" }, "16 octets from octet "),
        Case(NullRows, 3, row => row with { IsEncrypted = true }, "it stands there in clear"),
        Case(NullRows, 4, row => row with { Coverage = IcvCoverage.None }, "the ICV covers octet "),
        Case(AhRows, 0, row => row with { Coverage = IcvCoverage.None }, "the ICV covers octet 0"),
        Case(AhRows, 0, row => row with { Coverage = IcvCoverage.Whole }, "the ICV does not cover octet 1"),
        Case(AhRows, 1, row => row with { Section = "AH header: next header 1" }, "next header 4"),
        Case(AhRows, 3, row => row with { Coverage = IcvCoverage.None }, "the ICV covers octet "),
    ];

    [Test]
    public void HonestPacketsAreAsTheTableSays()
    {
        Check(CbcRows, Cbc).Should().BeNull();
        Check(NullRows, Null).Should().BeNull();
        Check(AhRows, Ah).Should().BeNull();
    }

    [TestCaseSource(nameof(WrongRows))]
    public void AWrongRowIsFound(Row[] rows, int at, Func<Row, Row> change, string came)
    {
        ObservedFrame frame = rows == CbcRows ? Cbc : rows == NullRows ? Null : Ah;
        Check([.. rows[..at], change(rows[at]), .. rows[(at + 1)..]], frame)!.Came.Should().StartWith($"frame {frame.Number}: ").And.Contain(came);
    }

    [Test]
    public void AMissingRowIsFound() => Check(CbcRows[..^1], Cbc)!.Legal.Should().StartWith("sections that add up to the packet's ");

    [Test]
    public void OtherEndsAreFound() => SectionOracle.Check(CbcRows, Cbc, (Conversation.West, Conversation.East))!.Came.Should().Contain($"from {Conversation.East} to {Conversation.West}");

    [Test]
    public void AFrameThatDoesNotOpenIsFound() =>
        Check(CbcRows, ((ObservedEsp)Cbc) with { Inspection = null })!.Legal.Should().Be("a frame that opens with the negotiated keys");

    [Test]
    public void AnUnknownSectionIsTheScenariosFault() =>
        FluentActions.Invoking(() => Check([new("a hat", "1", false, IcvCoverage.None)], Cbc)).Should().Throw<ArgumentException>().WithMessage("*a hat*");

    private static Finding? Check(IReadOnlyList<Row> rows, ObservedFrame frame) => SectionOracle.Check(rows, frame, (Conversation.East, Conversation.West));

    private static ObservedFrame Last(Phase2Suite suite, SaMode mode) => Conversation.Recorded(suite, mode, echoes: 1)[^1];

    private static TestCaseData Case(Row[] rows, int at, Func<Row, Row> change, string came) =>
        new TestCaseData(rows, at, change, came).SetArgDisplayNames($"{rows[at].Section}: {came}");
}
