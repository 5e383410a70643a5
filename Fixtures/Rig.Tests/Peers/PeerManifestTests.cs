// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Libreswan;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Tests.Peers;

/// <summary>A peer is a folder, and its manifest is data.</summary>
[TestFixture]
public sealed class PeerManifestTests
{
    private const string Whole =
        """
        schema: 1
        name: someone
        title: Someone
        software:
          versions:
            bookworm: "1.0"
            trixie: "2.0"
        image:
          suite: bookworm
        data_planes:
          kernel: {}
          user-mode-linux: {}
        algorithms:
          phase1:
            encryption: [AES-CBC-128]
        """;

    [Test]
    public void AManifestIsRead()
    {
        PeerManifestFile.TryParse("peer.yaml", Whole, out var manifest).Should().BeEmpty();
        manifest!.Name.Should().Be("someone");
        manifest.Versions.Should().Equal(new Dictionary<string, string> { ["bookworm"] = "1.0", ["trixie"] = "2.0" });
        manifest.DataPlanes.Should().Equal("kernel", "user-mode-linux");
        manifest.Phase1Encryption.Should().Equal("AES-CBC-128");
    }

    [TestCase("name: someone\n", "", "*name*missing*")]
    [TestCase("schema: 1", "schema: 2", "peer.yaml:1: schema*")]
    [TestCase("  suite: bookworm", "  suite: sid", "peer.yaml:9: image.suite: \"sid\" is not among software.versions")]
    [TestCase("  kernel: {}", "  hardware: {}", "*data_planes*\"hardware\" is not one of*")]
    [TestCase("title: Someone", "title: Someone\ntitel: Someone", "peer.yaml:4: titel: is no field of this place*")]
    [TestCase("title: Someone", "title: [", "peer.yaml:*")]
    public void WhatIsWrongIsToldWithFileLineAndField(string right, string wrong, string message) =>
        PeerManifestFile.TryParse("peer.yaml", Whole.Replace(right, wrong, StringComparison.Ordinal), out var manifest).Select(error => error.ToString())
            .Should().ContainMatch(message).And.Subject.Should().Match(_ => manifest == null);

    [TestCase("strongswan")]
    [TestCase("libreswan")]
    public void ThePeersOwnManifestsAreWellFormed(string peer)
    {
        var manifest = Read(peer);
        manifest.Name.Should().Be(peer);
        manifest.DefaultSuite.Should().Be(ContainerPeerDriver.DefaultSuite);
        PeerCatalog.Default.TryFind(peer, out var driver).Should().BeTrue();
        driver!.Name.Should().Be(peer);
        foreach (var suite in manifest.Versions.Keys)
        {
            PeerCatalog.Default.TryFind($"{peer}@{suite}", out var version).Should().BeTrue();
            version!.Name.Should().Be($"{peer}@{suite}");
        }

        PeerCatalog.Default.TryFind($"{peer}@sarge", out _).Should().BeFalse();
    }

    [Test]
    public void WhatLibreswansManifestClaimsItsDriverCanSay()
    {
        var manifest = Read("libreswan");
        manifest.Phase1Encryption.Select(name => LibreswanKeywords.OfPhase1(EncryptionAlgorithm.Named(name))).Should().OnlyHaveUniqueItems();
        manifest.Phase1Groups.Select(name => LibreswanKeywords.Of(KeyExchangeMethod.Named(name))).Should().OnlyHaveUniqueItems();
        manifest.EspEncryption.Select(name => LibreswanKeywords.Of(EncryptionAlgorithm.Named(name))).Should().OnlyHaveUniqueItems();
        manifest.Integrity.Select(name => LibreswanKeywords.Of(IntegrityAlgorithm.Named(name))).Should().OnlyHaveUniqueItems();
    }

    private static PeerManifest Read(string peer)
    {
        PeerManifestFile.TryRead(Path.Combine(ContainersFolder.Find(), peer, PeerManifestFile.FileName), out var manifest).Should().BeEmpty();
        return manifest!;
    }
}
