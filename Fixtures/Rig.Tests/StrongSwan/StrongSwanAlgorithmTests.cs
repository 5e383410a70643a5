// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Fixtures.Rig.StrongSwan;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>
/// Every row of the algorithm tables that the driver has a word for, between two strongSwans: it is negotiated, listed by its name, and
/// carries a packet through both kernels.
/// </summary>
[TestFixture]
[Category("strongswan")]
public sealed class StrongSwanAlgorithmTests
{
    private StrongSwanPair _pair = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assume.That(RealPeer.IsWanted, $"{RunOptions.DriverTestsVariable} does not name strongswan");
        _pair = await StrongSwanPair.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_pair is not null)
        {
            await _pair.DisposeAsync();
        }
    }

    [TestCaseSource(nameof(Phase1Ciphers))]
    public async Task Phase1Encryption(string name)
    {
        await using var scene = await OpenAsync(side => side with { Phase1 = [SidePolicy.Suite(name, "HMAC-SHA1", "ECP-256")] });
        var (west, _) = await scene.DemandTunnelAsync(Side.West);
        west.IkeSas[0].Encryption.Should().Be(EncryptionAlgorithm.Named(name));
    }

    [TestCaseSource(nameof(Hashes))]
    public async Task Phase1Hash(string name)
    {
        await using var scene = await OpenAsync(side => side with { Phase1 = [SidePolicy.Suite("AES-CBC-128", name, "ECP-256")] });
        var (west, _) = await scene.DemandTunnelAsync(Side.West);
        west.IkeSas[0].Hash.Should().Be(PrfAlgorithm.Named(name));
    }

    [TestCaseSource(nameof(Groups))]
    public async Task Group(string name)
    {
        var group = KeyExchangeMethod.Named(name);
        await using var scene = await OpenAsync(side => side with { Phase1 = [SidePolicy.Suite("AES-CBC-128", "HMAC-SHA1", name)], Pfs = group });
        var (west, _) = await scene.DemandTunnelAsync(Side.West);
        west.IkeSas[0].Group.Should().Be(group);
        west.ChildSas[0].Pfs.Should().Be(group);
    }

    [TestCaseSource(nameof(EspCiphers))]
    public async Task EspEncryption(string name)
    {
        var algorithm = EncryptionAlgorithm.Named(name);
        var suite = new Phase2Suite(algorithm, algorithm.IsAead ? null : IntegrityAlgorithm.Named("HMAC-SHA1-96"));
        await using var scene = await OpenAsync(side => side with { Phase2 = [suite] });
        var (west, _) = await scene.DemandTunnelAsync(Side.West);
        west.ChildSas[0].Encryption.Should().Be(algorithm);
        await scene.DemandPingAsync();
        (await scene.West.ListKeysAsync()).Should().OnlyContain(sa => sa.EncryptionKey.Length == algorithm.KeyMaterialSize);
    }

    [TestCaseSource(nameof(Integrities))]
    public async Task EspIntegrity(string name)
    {
        var algorithm = IntegrityAlgorithm.Named(name);
        await using var scene = await OpenAsync(side => side with { Phase2 = [new(EncryptionAlgorithm.Named("AES-CBC-128"), algorithm)] });
        var (west, _) = await scene.DemandTunnelAsync(Side.West);
        west.ChildSas[0].Integrity.Should().Be(algorithm);
        await scene.DemandPingAsync();
        (await scene.West.ListKeysAsync()).Should().OnlyContain(sa => sa.IntegrityKey.Length == algorithm.KeySize && sa.IcvBits == algorithm.IcvSize * 8);
    }

    [Test]
    public async Task Ah([ValueSource(nameof(Integrities))] string name, [Values] SaMode mode)
    {
        var algorithm = IntegrityAlgorithm.Named(name);
        await using var scene = await OpenAsync(side => side with { Phase2 = [Phase2Suite.Ah(algorithm)], Encapsulation = mode });
        var (west, _) = await scene.DemandTunnelAsync(Side.West);
        var child = west.ChildSas[0];
        (child.Protocol, child.Integrity, child.Encryption, child.Mode).Should().Be((Wire.Ip.IpProtocol.Ah, algorithm, null, mode));
        (await scene.West.ListKeysAsync()).Should().HaveCount(2).And.BeEquivalentTo(await scene.East.ListKeysAsync());
        if (mode == SaMode.Tunnel)
        {
            await scene.DemandPingAsync();
        }
    }

    [Test]
    public async Task SequenceNumbersOf64Bits()
    {
        var suite = SidePolicy.EspSuite("AES-GCM-16-128") with { UseEsn = true };
        await using var scene = await OpenAsync(side => side with { Phase2 = [suite] });
        var (west, _) = await scene.DemandTunnelAsync(Side.West);
        west.ChildSas[0].HasExtendedSequenceNumbers.Should().BeTrue();
        (await scene.West.ListKeysAsync()).Should().OnlyContain(sa => sa.HasExtendedSequenceNumbers);
        await scene.DemandPingAsync();
    }

    private static IEnumerable<string> Phase1Ciphers => EncryptionAlgorithm.All.Where(row => row.IkeV1Phase1Id is not null && HasWord(() => StrongSwanKeywords.Of(row))).Select(row => row.Name);

    private static IEnumerable<string> EspCiphers => EncryptionAlgorithm.All.Where(row => row.IkeV1EspId is not null && HasWord(() => StrongSwanKeywords.Of(row))).Select(row => row.Name);

    private static IEnumerable<string> Hashes => PrfAlgorithm.All.Where(row => HasWord(() => StrongSwanKeywords.Of(row))).Select(row => row.Name);

    private static IEnumerable<string> Integrities => IntegrityAlgorithm.All.Where(row => HasWord(() => StrongSwanKeywords.Of(row))).Select(row => row.Name);

    private static IEnumerable<string> Groups => KeyExchangeMethod.All.Where(row => HasWord(() => StrongSwanKeywords.Of(row))).Select(row => row.Name);

    private static bool HasWord(Func<string> word)
    {
        try
        {
            return word().Length > 0;
        }
        catch (UnsupportedException)
        {
            return false;
        }
    }

    private Task<PairScene> OpenAsync(Func<SidePolicy, SidePolicy> change) => _pair.OpenAsync(new(change(new()), change(new())));
}
