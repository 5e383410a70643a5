// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Evidence;

public sealed class EvidenceFolderTests
{
    private static readonly Trace Sample = new(
        "IKE1-MM-001",
        "strongswan",
        [
            new TraceMessage(
                new LadderStep("west", "east", "Identity Protection #1", "SA", false, "n", 1.5), "When west starts phase 1", "0102", ["SA > DOI: 1"]),
        ]);

    [Test]
    public void TheFolderIsLaidOut()
    {
        using var results = new TemporaryFolder();
        var folder = new EvidenceFolder(results.Path, "strongswan", "IKE1-MM-001");
        using (var capture = folder.StartCapture("outer"))
        {
            capture.Write([1, 2, 3], 1UL, "step");
        }

        folder.Write(new EvidenceContent
        {
            Trace = Sample,
            IkeV1Keys = [new IkeV1Key("0102030405060708", [1])],
            PeerLog = "log\n",
            PeerConfiguration = [("swanctl.conf", "connections { }\n"), ("/etc/strongswan.conf", "charon { }\n")],
            SasJson = "{}",
        });

        folder.RelativePath.Should().Be("evidence/strongswan/IKE1-MM-001");
        folder.Path.Should().Be(results["evidence", "strongswan", "IKE1-MM-001"]);
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Path, path));
        files.Select(path => path.Replace('\\', '/')).Should().BeEquivalentTo(
            "capture.pcapng", "messages.json", "sequence.mmd", "peer.log", "sas.json", "swanctl.conf", "_etc_strongswan.conf",
            "wireshark/ikev1_decryption_table", "wireshark/ikev2_decryption_table", "wireshark/esp_sa", "wireshark/preferences");
        File.ReadAllText(Path.Combine(folder.Path, "peer.log")).Should().Be("log\n");
        File.ReadAllText(Path.Combine(folder.Path, "sequence.mmd")).Should().Be(SequenceMermaid.Render(Sample.ToLadder()));
        new FileInfo(folder.CapturePath).Length.Should().BeGreaterThan(100);
    }

    [Test]
    public void WhatThereIsNotIsNotWritten()
    {
        using var results = new TemporaryFolder();
        var folder = new EvidenceFolder(results.Path, "self", "A-1", "initiator");
        folder.Write(new EvidenceContent { Trace = Sample });

        folder.RelativePath.Should().Be("evidence/self/A-1.initiator");
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("messages.json", "sequence.mmd");
    }

    [Test]
    public void AFinishedCaptureIsCopied()
    {
        using var results = new TemporaryFolder();
        File.WriteAllBytes(results["elsewhere.pcapng"], [1, 2, 3]);
        var folder = new EvidenceFolder(results.Path, "self", "A-1");
        folder.Write(new EvidenceContent { Trace = Sample, CaptureFile = results["elsewhere.pcapng"] });

        File.ReadAllBytes(folder.CapturePath).Should().Equal(1, 2, 3);
    }

    [TestCase("../../etc", "x", "evidence/.._.._etc/x")]
    [TestCase("..", ".", "evidence/__/_")]
    [TestCase("a b/c", "ü:1", "evidence/a_b_c/__1")]
    public void NamesCannotLeaveTheFolder(string peer, string id, string path)
    {
        using var results = new TemporaryFolder();
        var folder = new EvidenceFolder(results.Path, peer, id);

        folder.RelativePath.Should().Be(path);
        Path.GetRelativePath(results.Path, folder.Path).Replace('\\', '/').Should().Be(path);
    }

    [Test]
    public void AConfigurationCannotReplaceTheFoldersOwnFiles()
    {
        using var results = new TemporaryFolder();
        var folder = new EvidenceFolder(results.Path, "self", "A-1");
        var write = () => folder.Write(new EvidenceContent { Trace = Sample, PeerConfiguration = [("Messages.json", "")] });

        write.Should().Throw<ArgumentException>().WithMessage("*cannot be named Messages.json*");
    }

    [Test]
    public void AnEmptyNameIsOurBug()
    {
        var make = () => new EvidenceFolder("x", "", "A-1");

        make.Should().Throw<ArgumentException>();
    }

    [Test]
    public void TheTraceIsReadBack()
    {
        using var results = new TemporaryFolder();
        var folder = new EvidenceFolder(results.Path, "self", "A-1");
        EvidenceFolder.ReadTrace(folder.Path).Should().BeNull();

        folder.Write(new EvidenceContent { Trace = Sample });

        EvidenceFolder.ReadTrace(folder.Path).Should().BeEquivalentTo(Sample);
        var context = ReportContext.FromEvidence(results.Path, ClauseLedger.Empty);
        context.Ladder(Samples.Record("A-1", Verdict.Pass) with { Evidence = folder.RelativePath }).Should().Equal(Sample.Messages[0].Ladder);
        context.Ladder(Samples.Record("A-1", Verdict.Pass)).Should().BeNull();

        folder.Delete();
        Directory.Exists(folder.Path).Should().BeFalse();
        folder.Delete();
    }

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("{\"schema\":1,\"scenario\":\"a\"")]
    public void WhatIsNoTraceIsRefused(string json)
    {
        var read = () => Trace.Parse(json);

        read.Should().Throw<InvalidDataException>();
    }

    [Test]
    public void TheTracesNamesAreSnakeCase() => Sample.ToJson().Should()
        .StartWith("{\n  \"schema\": 1,\n  \"scenario\": \"IKE1-MM-001\",").And.Contain("\"time_ms\": 1.5").And.Contain("SA > DOI: 1");
}
