// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Fixtures.Judgement.Tests.Support;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
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

    private static IEnumerable<string> AeadRows => Known.Where(row => row.IsAead).Select(row => row.Name);

    private static IEnumerable<string> CipherRows => Known.Where(row => !row.IsAead).Select(row => row.Name);

    private static IEnumerable<string> IntegrityRows =>
        IntegrityAlgorithm.All.Where(row => row.WiresharkEspName is not null && !IsUnchecked(row)).Select(row => row.Name);

    private static IEnumerable<string> UncheckedRows => IntegrityAlgorithm.All.Where(IsUnchecked).Select(row => row.Name);

    private static IEnumerable<EncryptionAlgorithm> Known => EncryptionAlgorithm.All.Where(row => row.WiresharkEspName is not null);

    [TestCaseSource(nameof(AeadRows))]
    public void EspWithAnAeadOpens(string name)
    {
        using var folder = new TemporaryFolder();
        var row = EncryptionAlgorithm.Named(name);
        var key = RandomNumberGenerator.GetBytes(row.KeySize);
        var salt = RandomNumberGenerator.GetBytes(row.SaltSize);
        Capture(folder, EspPackets.AesGcm(key, salt, Spi, 1, row.IcvSize), EspPackets.AesGcm(key, salt, Spi, 2, row.IcvSize));

        Opened(folder, row.WiresharkEspName!, [.. key, .. salt], IntegrityAlgorithm.WiresharkEspNameOfNone, [])
            .Should().Equal(EspRow(1, 2), EspRow(2, 2));
    }

    [Test]
    public void AWrongSaltOpensNothing()
    {
        using var folder = new TemporaryFolder();
        var key = RandomNumberGenerator.GetBytes(16);
        Capture(folder, EspPackets.AesGcm(key, [1, 2, 3, 4], Spi, 1));
        var name = EncryptionAlgorithm.Named("AES-GCM-16-128").WiresharkEspName!;

        Opened(folder, name, [.. key, 1, 2, 3, 5], IntegrityAlgorithm.WiresharkEspNameOfNone, [])
            .Single().Should().NotContain("198.18.2.1").And.EndWith("\t0");
    }

    [TestCaseSource(nameof(CipherRows))]
    public void EspWithASeparateCipherOpens(string name)
    {
        using var folder = new TemporaryFolder();
        var row = EncryptionAlgorithm.Named(name);
        var key = RandomNumberGenerator.GetBytes(row.KeySize);
        var salt = RandomNumberGenerator.GetBytes(row.SaltSize);
        var integrityKey = RandomNumberGenerator.GetBytes(32);
        var (packet, padding) = name switch
        {
            "NULL" => (EspPackets.Null(Icv, Spi, 1), 2),
            "3DES-CBC" => (EspPackets.TripleDesCbc(key, Icv, Spi, 1), 2),
            _ when row.Mode == EncryptionMode.Counter => (EspPackets.AesCounter(key, salt, Icv, Spi, 1), 2),
            _ => (EspPackets.AesCbc(key, Icv, Spi, 1), 10),
        };
        Capture(folder, packet);

        Opened(folder, row.WiresharkEspName!, [.. key, .. salt], IntegrityAlgorithm.Named("HMAC-SHA2-256-128").WiresharkEspName!, integrityKey)
            .Should().Equal(EspRow(1, padding));

        byte[] Icv(byte[] covered) => HMACSHA256.HashData(integrityKey, covered)[..16];
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

        Opened(folder, EncryptionAlgorithm.Named("AES-CBC-128").WiresharkEspName!, key, row.WiresharkEspName!, integrityKey)
            .Should().Equal(EspRow(1, 10));
    }

    [TestCaseSource(nameof(UncheckedRows))]
    public void AnIcvThatWiresharkCannotVerifyHidesNothing(string name)
    {
        using var folder = new TemporaryFolder();
        var row = IntegrityAlgorithm.Named(name);
        var key = RandomNumberGenerator.GetBytes(16);
        Capture(folder, EspPackets.AesCbc(key, covered => covered[..row.IcvSize], Spi, 1));

        Opened(folder, EncryptionAlgorithm.Named("AES-CBC-128").WiresharkEspName!, key, row.WiresharkEspName!, new byte[row.KeySize])
            .Should().Equal($"{EspRow(1, 10)[..^1]}0");
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

    /// <summary>The exchange for which no neutral policy is: tshark reads what the suite's own observer reads, message by message.</summary>
    [Test]
    public void NewGroupModeIsReadAsTheObserverReadsIt()
    {
        using var folder = new TemporaryFolder();
        using var conversation = new Conversation();
        conversation.QuickModes("net");

        // The 768-bit prime of RFC 2409 section 6.1 with another generator: a group that no table has.
        var prime = Convert.FromHexString(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A3620FFFFFFFFFFFFFFFF");
        conversation.NewGroup(new PrivateGroup(0x8000, prime, new byte[] { 5 }));
        Capture(folder, [.. conversation.Frames.Select(frame => frame.Bytes.ToArray())]);
        WiresharkProfile.Write(folder["wireshark"], [.. conversation.Keys.Ike.Select(key => new IkeV1Key(key.Key.ToString(), key.Value.ToArray()))], []);

        var ours = conversation.Observe().OfType<ObservedIke>().Where(message => message.Header.ExchangeType == ExchangeType.NewGroupMode).ToArray();
        ours.Should().HaveCount(2).And.OnlyContain(message => message.Header.IsEncrypted && message.PayloadNames == "HASH, SA");
        Rows(folder, Fields("isakmp.exchangetype", "isakmp.typepayload")).Where(row => row.StartsWith("33\t", StringComparison.Ordinal)).Should().Equal("33\t8,1,2,3", "33\t8,1,2,3");
    }

    [Test]
    public void WithoutKeysTheProfileLoadsAndOpensNothing()
    {
        using var folder = new TemporaryFolder();
        Capture(folder, [.. new MainModeExchange().Frames, EspPackets.AesGcm(new byte[16], new byte[4], Spi, 1)]);
        WiresharkProfile.Write(folder["wireshark"], [], []);

        Rows(folder, IkeFields)[4..].Should().Equal("2\t\t\t", "2\t\t\t", "5\t\t\t", "\t\t\t");
    }

    private static bool IsUnchecked(IntegrityAlgorithm row) => row.WiresharkEspName?.StartsWith("ANY", StringComparison.Ordinal) == true;

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
