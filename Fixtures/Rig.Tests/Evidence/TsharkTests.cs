// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text.Json;
using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Rig.Tests.Evidence;

/// <summary>What is kept of a scenario opens in Wireshark, decrypted, and its other files say the same.</summary>
[TestFixture("AES-GCM-16-128", "MODP-2048")]
[TestFixture("AES-GCM-16-128", "ECP-256")]
[TestFixture("AES-CBC-128 and HMAC-SHA2-256-128", "MODP-2048")]
[TestFixture("AES-CBC-128 and HMAC-SHA2-256-128", "ECP-256")]
public sealed class TsharkTests(string esp, string group)
{
    private const int Pings = 2;
    private const int Frames = 6 + 3 + (2 * Pings);

    private const string Bad = "_ws.malformed || _ws.short || esp.icv_bad == 1 || icmp.checksum.status == 0 || ip.checksum.status == 0";

    /// <summary>Warnings and errors of Wireshark's expert.</summary>
    private const string Suspicious = "_ws.expert.severity >= 6291456";

    /// <summary>Behind Ethernet, IP, UDP and ISAKMP headers, and two octets into the generic payload header.</summary>
    private const int LengthOfFirstPayload = 14 + 20 + 8 + 28 + 2;

    private KeptScenario _kept = null!;

    [OneTimeSetUp]
    public async Task PlayAsync() => _kept = await KeptScenario.PlayAsync(esp, group, Pings);

    [OneTimeTearDown]
    public void Remove() => _kept.Dispose();

    [Test]
    public void MainModeIsDecryptedFromMessage5On() =>
        Rows("isakmp.exchangetype == 2", "isakmp.typepayload", "isakmp.id.data.fqdn").Should().Equal(
            "1,2,3,13,13\t", "1,2,3,13,13\t", "4,10\t", "4,10\t", $"5,8\t{_kept.WestIdentity}", $"5,8\t{_kept.EastIdentity}");

    [Test]
    public void QuickModeIsDecrypted()
    {
        var rows = Rows("isakmp.exchangetype == 32", "isakmp.typepayload", "isakmp.id.data.ipv4_addr", "isakmp.messageid");
        rows.Should().HaveCount(3);
        rows.Take(2).Should().OnlyContain(row => row.StartsWith("8,1,2,3,10,5,5\t198.18.10.0,198.19.10.0\t"));
        rows[2].Should().StartWith("8\t\t0x");
        rows.Select(row => row.Split('\t')[2]).Distinct().Should().ContainSingle().Which.Should().NotBe("0x00000000");
    }

    [Test]
    public void TheNegotiatedSpisAreThoseOfEsp()
    {
        var negotiated = Rows("isakmp.exchangetype == 32 && isakmp.spi", "isakmp.spi").Select(spi => "0x" + spi).ToArray();
        negotiated.Should().HaveCount(2).And.OnlyHaveUniqueItems();
        Rows("esp", "esp.spi").Distinct().Should().BeEquivalentTo(negotiated);
    }

    [Test]
    public void EspIsDecryptedAndItsIcvIsGood()
    {
        var expected = from type in new[] { 8, 0 }
                       from number in Enumerable.Range(1, Pings)
                       select string.Create(CultureInfo.InvariantCulture, $"{number}\t1\t0x04\t{type}\t{number}\t{(type == 8 ? "198.18.10.5\t" : "198.19.10.7\t")}");
        Rows("esp", "esp.sequence", "esp.icv_good", "esp.protocol", "icmp.type", "icmp.seq", "ip.src")
            .Select(row => row.Replace("198.51.100.10,", "", StringComparison.Ordinal).Replace("198.51.100.2,", "", StringComparison.Ordinal) + "\t")
            .Should().BeEquivalentTo(expected);
    }

    [Test]
    public void NothingIsMalformedOrSuspicious()
    {
        Rows("frame", "frame.number").Should().HaveCount(Frames);
        Rows(Bad, "frame.number").Should().BeEmpty();
        Rows(Suspicious, "frame.number", "_ws.expert.message").Should().BeEmpty("there is no warning and no error");
    }

    [Test]
    public void WhatIsMalformedWouldBeSeen()
    {
        using var folder = new EmptyFolder();
        var capture = Path.Combine(folder.Path, "bent.pcapng");
        using (var writer = new PcapngWriter(File.Create(capture), "bent"))
        {
            foreach (var (message, i) in EvidenceFolder.ReadTrace(_kept.Folder)!.Messages.Select((message, i) => (message, i)))
            {
                var bytes = Convert.FromHexString(message.Bytes!);
                bytes[i < 6 ? LengthOfFirstPayload : ^1] ^= 0x40;
                writer.Write(bytes, DateTimeOffset.UnixEpoch, null);
            }
        }

        Tshark.Read(Profile, capture, Bad, "frame.number").Should().Contain(["1", "10", "11"], "message 1 and the first ESP frames are bent");
        Tshark.Read(Profile, capture, Suspicious, "frame.number").Should().Contain("1");
    }

    [Test]
    public void EveryFrameNamesTheStepThatCausedIt() => Rows("frame", "frame.comment").Should().Equal(
        Enumerable.Repeat("When west starts quick mode", Frames - (2 * Pings)).Concat(Enumerable.Repeat("When a host behind west pings", 2 * Pings)));

    [Test]
    public void WithoutTheProfileNothingIsDecrypted()
    {
        using var empty = new EmptyFolder();
        Tshark.Read(empty.Path, Capture, "isakmp.id.data.fqdn || icmp", "frame.number").Should().BeEmpty("it would not be the profile that decrypts");
    }

    [Test]
    public void TheTraceHasEveryFrameDecrypted()
    {
        var trace = EvidenceFolder.ReadTrace(_kept.Folder)!;
        trace.Messages.Should().HaveCount(Frames).And.OnlyContain(message => message.Bytes!.Length > 0 && !message.Fields.IsEmpty && message.Step != null);
        trace.Messages.Select(message => message.Ladder.Note).Should().AllSatisfy(note => note.Should().BeNull());
        trace.Messages[4].Fields.Should().Contain(field => field.Contains(_kept.WestIdentity));
        trace.Messages[^1].Ladder.Sublabel.Should().Be($"sequence number {Pings}, echo reply {Pings}");
    }

    [Test]
    public void TheSequenceDiagramHasAnArrowForEveryFrame()
    {
        var lines = _kept.Read("sequence.mmd").Split('\n');
        lines[0].Should().Be("sequenceDiagram");
        lines.Count(line => line.Contains(">>", StringComparison.Ordinal)).Should().Be(Frames);
    }

    [Test]
    public void TheSasOfBothSidesMirrorEachOther()
    {
        using var sas = JsonDocument.Parse(_kept.Read("sas.json"));
        var west = Only(sas, "west", "child_sas");
        var east = Only(sas, "east", "child_sas");
        (Text(west, "inbound_spi"), Text(west, "outbound_spi")).Should().Be((Text(east, "outbound_spi"), Text(east, "inbound_spi")));
        Text(west, "esp").Should().Be(esp);
        east.GetProperty("packets_in").GetInt64().Should().Be(Pings);
        east.GetProperty("packets_out").GetInt64().Should().Be(Pings);
        foreach (var cookie in new[] { "initiator_cookie", "responder_cookie" })
        {
            Text(Only(sas, "west", "ike_sas"), cookie).Should().HaveLength(16).And.Be(Text(Only(sas, "east", "ike_sas"), cookie));
        }

        Text(Only(sas, "west", "ike_sas"), "suite").Should().Be($"AES-CBC-128 / HMAC-SHA2-256 / {group}");
    }

    [Test]
    public void PolicyAndLogAreThere()
    {
        _kept.Read("policy.txt").Should().Contain($"{_kept.EastIdentity} at 198.51.100.2").And.Contain(group).And.Contain(esp.Replace(" and ", " / "));
        var log = _kept.Read("peer.log");
        log.Should().Contain("received IdentityProtection").And.Contain("sent QuickMode").And.Contain("InstallChildSa");
        log.Should().EndWith("\n");
    }

    private static JsonElement Only(JsonDocument sas, string side, string list) => sas.RootElement.GetProperty(side).GetProperty(list).EnumerateArray().Single();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private string Profile => Path.Combine(_kept.Folder, "wireshark");

    private string Capture => Path.Combine(_kept.Folder, "capture.pcapng");

    private string[] Rows(string filter, params string[] fields) => Tshark.Read(Profile, Capture, filter, fields);

    private sealed class EmptyFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("conformance-empty-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
