// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;
using FluentAssertions;
using Ipsec.Daemon.Configuration;
using Ipsec.Fixtures.Cli.Gateway;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests.Gateway;

/// <summary>The example of certificates, with the files that it names.</summary>
public sealed class CertificateConfigurationTests
{
    private DirectoryInfo _folder = null!;

    private string Config => Path.Combine(_folder.FullName, "office.yaml");

    [SetUp]
    public void MakeFiles()
    {
        _folder = Directory.CreateTempSubdirectory("conf-");
        ExampleFiles.TryRead("certificates", out var text);
        File.WriteAllText(Config, text!.Replace("crl: []", "crl: [crl.pem]", StringComparison.Ordinal));
    }

    [TearDown]
    public void RemoveFiles() => _folder.Delete(recursive: true);

    [TestCase(CertificateKeyType.Rsa2048, AuthenticationMethod.RsaSignatures)]
    [TestCase(CertificateKeyType.EcdsaP256, AuthenticationMethod.EcdsaSha256)]
    public void TheKeySaysHowTheGatewayProvesItself(CertificateKeyType type, AuthenticationMethod method)
    {
        Issue(type);

        GatewayFile.TryRead(Config, out var settings).Should().BeEmpty();

        var policy = settings!.Connections.Single().Policy;
        policy.Phase1.Should().OnlyContain(suite => suite.Authentication == method);
        policy.Certificates!.Chain.Should().ContainSingle();
        policy.Certificates.Trust.Anchors.Should().ContainSingle();
        policy.Certificates.Trust.Crls.Should().ContainSingle();
        policy.LocalIdentity.Should().Be(IdentificationPayload.DistinguishedName(policy.Certificates.Chain[0].SubjectDer), "without local-id it is the certificate's subject");
    }

    [TestCase("office.pem", "certificate")]
    [TestCase("office-key.pem", "key")]
    [TestCase("ca.pem", "ca")]
    [TestCase("crl.pem", "crl")]
    public void AFileThatHoldsSomethingElseIsNamed(string file, string field)
    {
        Issue(CertificateKeyType.EcdsaP256);
        File.WriteAllText(Path.Combine(_folder.FullName, file), "nothing of the kind");

        GatewayFile.TryRead(Config, out _).Should().Contain(error => error.Field == $"connections[0].{field}" && error.Problem.Contains(file, StringComparison.Ordinal));
    }

    [Test]
    public void AKeyThatIsNotTheCertificatesIsRefused()
    {
        Issue(CertificateKeyType.EcdsaP256);
        File.WriteAllText(Path.Combine(_folder.FullName, "office-key.pem"), ThrowAwayKey.Of("somebody else", CertificateKeyType.EcdsaP256).Pem);

        GatewayFile.TryRead(Config, out _).Should().ContainSingle().Which.Field.Should().Be("connections[0].certificate");
    }

    private void Issue(CertificateKeyType type)
    {
        var authority = CertificateAuthority.Root("ca", new X500DistinguishedName("CN=ca"), ThrowAwayKey.Of("ca", type));
        var own = authority.Issue(new() { Name = "office", Subject = new("CN=office, O=Example"), Key = ThrowAwayKey.Of("office", type) });
        Write("office.pem", own.Pem);
        Write("office-key.pem", own.Key.Pem);
        Write("ca.pem", authority.Certificate.Pem);
        Write("crl.pem", authority.ListRevoked(Validity.Always).Pem);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
