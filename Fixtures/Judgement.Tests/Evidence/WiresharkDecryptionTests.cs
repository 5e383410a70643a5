// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Evidence;

/// <summary>The profile's files do what they are for: tshark opens the packets with them, and only with them.</summary>
public sealed class WiresharkDecryptionTests
{
    private const uint Spi = 0xC1234567;

    private static readonly string[] EspFields =
        Fields("esp.spi", "esp.sequence", "icmp.seq", "ip.dst", "esp.pad_len", "esp.protocol", "esp.icv_good");

    private static readonly string[] IkeFields =
        Fields("isakmp.exchangetype", "isakmp.typepayload", "isakmp.id.data.ipv4_addr", "isakmp.delete.spi");

    private static IEnumerable<string> AeadRows => EncryptionAlgorithm.All.Where(row => row.IsAead).Select(row => row.Name);

    private static IEnumerable<string> CbcRows => EncryptionAlgorithm.All.Where(row => !row.IsAead).Select(row => row.Name);

    private static IEnumerable<string> IntegrityRows => IntegrityAlgorithm.All.Select(row => row.Name);

    [TestCaseSource(nameof(AeadRows))]
    public void EspWithAnAeadOpens(string name)
    {
        using var folder = new TemporaryFolder();
        var row = EncryptionAlgorithm.Named(name);
        var key = RandomNumberGenerator.GetBytes(row.KeySize);
        var salt = RandomNumberGenerator.GetBytes(row.SaltSize);
        Capture(folder, EspPackets.AesGcm(key, salt, Spi, 1), EspPackets.AesGcm(key, salt, Spi, 2));

        Opened(folder, row.WiresharkEspName, [.. key, .. salt], IntegrityAlgorithm.WiresharkEspNameOfNone, [])
            .Should().Equal(EspRow(1, 2), EspRow(2, 2));
    }

    [Test]
    public void AWrongSaltOpensNothing()
    {
        using var folder = new TemporaryFolder();
        var key = RandomNumberGenerator.GetBytes(16);
        Capture(folder, EspPackets.AesGcm(key, [1, 2, 3, 4], Spi, 1));
        var name = EncryptionAlgorithm.Named("AES-GCM-16-128").WiresharkEspName;

        Opened(folder, name, [.. key, 1, 2, 3, 5], IntegrityAlgorithm.WiresharkEspNameOfNone, [])
            .Single().Should().NotContain("198.18.2.1").And.EndWith("\t0");
    }

    [TestCaseSource(nameof(CbcRows))]
    public void EspWithCbcOpens(string name)
    {
        using var folder = new TemporaryFolder();
        var row = EncryptionAlgorithm.Named(name);
        var key = RandomNumberGenerator.GetBytes(row.KeySize);
        var integrityKey = RandomNumberGenerator.GetBytes(32);
        Capture(folder, EspPackets.AesCbc(key, covered => HMACSHA256.HashData(integrityKey, covered)[..16], Spi, 1));

        Opened(folder, row.WiresharkEspName, key, IntegrityAlgorithm.Named("HMAC-SHA2-256-128").WiresharkEspName, integrityKey)
            .Should().Equal(EspRow(1, 10));
    }

    [TestCaseSource(nameof(IntegrityRows))]
    public void TheIcvIsVerified(string name)
    {
        using var folder = new TemporaryFolder();
        var row = IntegrityAlgorithm.Named(name);
        var key = RandomNumberGenerator.GetBytes(16);
        var integrityKey = RandomNumberGenerator.GetBytes(row.KeySize);
        Func<byte[], byte[]> hmac = name switch
        {
            "HMAC-MD5-96" => covered => HMACMD5.HashData(integrityKey, covered),
            "HMAC-SHA1-96" => covered => HMACSHA1.HashData(integrityKey, covered),
            "HMAC-SHA2-256-128" => covered => HMACSHA256.HashData(integrityKey, covered),
            "HMAC-SHA2-384-192" => covered => HMACSHA384.HashData(integrityKey, covered),
            "HMAC-SHA2-512-256" => covered => HMACSHA512.HashData(integrityKey, covered),
            _ => throw new AssertionException($"{name} is a new row: say here how its ICV is computed"),
        };
        Capture(folder, EspPackets.AesCbc(key, covered => hmac(covered)[..row.IcvSize], Spi, 1));

        Opened(folder, EncryptionAlgorithm.Named("AES-CBC-128").WiresharkEspName, key, row.WiresharkEspName, integrityKey)
            .Should().Equal(EspRow(1, 10));
    }

    [Test]
    public void IkeV1OpensFromMessageFiveOn()
    {
        using var folder = new TemporaryFolder();
        var exchange = new MainModeExchange();
        Capture(folder, [.. exchange.Frames]);
        WiresharkProfile.Write(folder["wireshark"], [new IkeV1Key(exchange.InitiatorCookieHex, exchange.EncryptionKey)], []);

        Rows(folder, IkeFields).Should().Equal(
            "2\t1,2,3\t\t", "2\t1,2,3\t\t", "2\t4,10\t\t", "2\t4,10\t\t", "2\t5,8\t198.51.100.1\t", "2\t5,8\t198.51.100.2\t", "5\t8,12\t\tc1020304");
    }

    [Test]
    public void WithoutKeysTheProfileLoadsAndOpensNothing()
    {
        using var folder = new TemporaryFolder();
        Capture(folder, [.. new MainModeExchange().Frames, EspPackets.AesGcm(new byte[16], new byte[4], Spi, 1)]);
        WiresharkProfile.Write(folder["wireshark"], [], []);

        Rows(folder, IkeFields)[4..].Should().Equal("2\t\t\t", "2\t\t\t", "5\t\t\t", "\t\t\t");
    }

    private static string EspRow(int sequence, int padding) =>
        string.Create(CultureInfo.InvariantCulture, $"0xc1234567\t{sequence}\t{sequence}\t198.51.100.2,198.18.2.1\t{padding}\t0x04\t1");

    private static string[] Opened(TemporaryFolder folder, string encryption, byte[] key, string authentication, byte[] authenticationKey)
    {
        WiresharkProfile.Write(
            folder["wireshark"], [], [new EspKey(EspPackets.West, EspPackets.East, Spi, encryption, key, authentication, authenticationKey)]);
        return Rows(folder, EspFields);
    }

    private static string[] Fields(params string[] names) => ["-T", "fields", .. names.SelectMany(name => new[] { "-e", name })];

    private static string[] Rows(TemporaryFolder folder, string[] fields) =>
        Tshark.Read(folder["wireshark"], ["-r", folder["x.pcapng"], .. fields]).Split('\n')[..^1];

    private static void Capture(TemporaryFolder folder, params byte[][] frames)
    {
        using var writer = new PcapngWriter(File.Create(folder["x.pcapng"]), "outer");
        foreach (var frame in frames)
        {
            writer.Write(frame, DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000), "When west pings east");
        }
    }
}
