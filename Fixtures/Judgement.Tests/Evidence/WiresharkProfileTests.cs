// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Evidence;

public sealed class WiresharkProfileTests
{
    private static readonly IkeV1Key IkeKey = new("0102030405060708", [0xAA, 0xBB]);

    private static readonly EspKey Esp = new(
        IPAddress.Parse("198.51.100.1"), IPAddress.Parse("198.51.100.2"), 0xC1, "AES-CBC [RFC3602]", [1, 2], "HMAC-SHA-256-128 [RFC4868]", [0xFE]);

    [Test]
    public void ThereAreFourFilesThatSayWhatTheKeysAre()
    {
        using var folder = new TemporaryFolder();
        WiresharkProfile.Write(folder.Path, [IkeKey], [Esp]);

        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should()
            .BeEquivalentTo("ikev1_decryption_table", "ikev2_decryption_table", "esp_sa", "preferences");
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            File.ReadLines(file).First().Should().StartWith("# ").And.Contain("throw-away credentials");
        }

        Content(folder, "ikev1_decryption_table").Should().Equal("0102030405060708,aabb");
        Content(folder, "ikev2_decryption_table").Should().BeEmpty();
        Content(folder, "esp_sa").Should().Equal(
            "\"IPv4\",\"198.51.100.1\",\"198.51.100.2\",\"0x000000c1\",\"AES-CBC [RFC3602]\",\"0x0102\",\"HMAC-SHA-256-128 [RFC4868]\",\"0xfe\"");
        Content(folder, "preferences").Should().Equal("esp.enable_encryption_decode: TRUE", "esp.enable_authentication_check: TRUE");
    }

    [Test]
    public void WritingAgainReplaces()
    {
        using var folder = new TemporaryFolder();
        WiresharkProfile.Write(folder.Path, [IkeKey, IkeKey], [Esp, Esp]);
        WiresharkProfile.Write(folder.Path, [IkeKey], []);

        Content(folder, "ikev1_decryption_table").Should().HaveCount(1);
        Content(folder, "esp_sa").Should().BeEmpty();
    }

    [Test]
    public void AnIpv6SaIsNamedSo()
    {
        var key = Esp with { Source = IPAddress.Parse("2001:db8::1"), Destination = IPAddress.Parse("2001:db8::2"), AuthenticationKey = [] };

        WiresharkProfile.EspLine(key).Should().StartWith("\"IPv6\",\"2001:db8::1\",\"2001:db8::2\",").And.EndWith(",\"0x\"");
    }

    private static string[] Content(TemporaryFolder folder, string name) =>
        [.. File.ReadLines(folder[name]).Where(line => !line.StartsWith('#'))];
}
