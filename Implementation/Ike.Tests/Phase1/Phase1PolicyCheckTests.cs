// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Cryptography;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>Policies that could never work are refused with the field's path, before anything is sent.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Phase1PolicyCheckTests
{
    private const AuthenticationMethod Rsa = AuthenticationMethod.RsaSignatures;
    private const AuthenticationMethod Encryption = AuthenticationMethod.RsaEncryption;
    private const AuthenticationMethod Revised = AuthenticationMethod.RevisedRsaEncryption;
    private static readonly PolicyPair Plain = new();

    [TestCaseSource(typeof(Methods), nameof(Methods.AllInBothModes))]
    public void WhatWorksIsNotRefused(Phase1Mode mode, AuthenticationMethod method)
    {
        var pair = Methods.Pair(mode, method);
        PolicyCheck.Check([pair.West]).Should().BeEmpty();
        PolicyCheck.Check([pair.East]).Should().BeEmpty();
    }

    [Test]
    public void NoSuite() => Refused(Plain.West with { Phase1 = [] }, "phase1");

    [Test]
    public void NoPreSharedKey() => Refused(Plain.West with { PreSharedKey = ReadOnlyMemory<byte>.Empty }, "preSharedKey");

    [TestCase(AuthenticationMethod.DssSignatures)]
    [TestCase((AuthenticationMethod)6)]
    public void AnUnknownMethod(AuthenticationMethod method) =>
        Refused(Plain.West with { Phase1 = [Plain.West.Phase1[0], Plain.West.Phase1[0] with { Authentication = method }] }, "phase1[1].authentication");

    [Test]
    public void NoLife()
    {
        Refused(Plain.West with { Phase1 = [Plain.West.Phase1[0] with { LifetimeSeconds = 0 }] }, "phase1[0].lifetimeSeconds");
        Refused(Plain.West with { Phase1 = [Plain.West.Phase1[0] with { LifetimeKilobytes = 0 }] }, "phase1[0].lifetimeKilobytes");
    }

    [Test]
    public void ACipherThatPhase1DoesNotHave() =>
        Refused(Plain.West with { Phase1 = [PolicyPair.Phase1("AES-GCM-16-128", "HMAC-SHA1", "ECP-256")] }, "phase1[0].encryption");

    [Test]
    public void APrfThatPhase1DoesNotHave() =>
        Refused(Plain.West with { Phase1 = [PolicyPair.Phase1("AES-CBC-128", "AES128-CMAC", "ECP-256")] }, "phase1[0].hash");

    [Test]
    public void AnIdentityThatNoSinglePeerCanHave()
    {
        Refused(Plain.West with { RemoteIdentity = IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.51.100.0"), 24) }, "remoteIdentity");
        Refused(Plain.West with { RemoteIdentity = IdentificationPayload.Fqdn("") }, "remoteIdentity");
    }

    [Test]
    public void AMethodWithoutCredentials([Values(Rsa, Encryption, Revised, AuthenticationMethod.EcdsaSha256)] AuthenticationMethod method)
    {
        var policy = Methods.Pair(Phase1Mode.Main, method).West;
        Refused(policy with { Certificates = null }, "certificates.key");
        Refused(policy with { Certificates = policy.Certificates! with { Key = null } }, "certificates.key");
    }

    [Test]
    public void AKeyOfAnotherKind()
    {
        var policy = Methods.Pair(Phase1Mode.Main, Rsa).West;
        Refused(policy with { Certificates = policy.Certificates! with { Key = TestPki.Key(KeyKind.EcdsaP256, 0).Private, Chain = [] } }, "certificates.key");
        Refused(policy with { PeerPublicKey = TestPki.Key(KeyKind.EcdsaP256, 0).Public }, "peerPublicKey");
        policy = Methods.Pair(Phase1Mode.Main, Encryption).West;
        Refused(policy with { PeerPublicKey = TestPki.Key(KeyKind.EcdsaP256, 0).Public }, "peerPublicKey");
    }

    [Test]
    public void AKeyThatIsTooShort()
    {
        using var rsa = RSA.Create(768);
        SigningKey.TryRead(rsa.ExportPkcs8PrivateKeyPem(), out var key, out var problem).Should().BeTrue(problem);
        var policy = Methods.Pair(Phase1Mode.Main, Rsa).West;
        Refused(policy with { Certificates = policy.Certificates! with { Key = key, Chain = [] } }, "certificates.key");
        policy = Methods.Pair(Phase1Mode.Main, Encryption).West;
        Refused(policy with { PeerPublicKey = key!.Public }, "peerPublicKey");
    }

    [Test]
    public void ACertificateOfAnotherKey()
    {
        var policy = Methods.Pair(Phase1Mode.Main, Rsa).West;
        Refused(policy with { Certificates = policy.Certificates! with { Chain = [Methods.Certificate(TestPki.Root, KeyKind.Rsa, 1)] } }, "certificates.chain[0]");
    }

    [Test]
    public void NobodyToTrust([Values(Rsa, AuthenticationMethod.HybridInitRsa)] AuthenticationMethod method)
    {
        var policy = Methods.Pair(Phase1Mode.Main, method).West;
        Refused(policy with { Certificates = policy.Certificates! with { Trust = new CertificateTrust() } }, "certificates.trust.anchors");
    }

    [Test]
    public void NoKeyToEncryptWith()
    {
        Refused(Methods.Pair(Phase1Mode.Main, Encryption).West with { PeerPublicKey = null }, "peerPublicKey");
        Refused(Methods.Pair(Phase1Mode.Main, Revised).West with { PeerPublicKey = null }, "peerPublicKey");
    }

    [Test]
    public void AnIdentityTooLongForThePeersKey() =>
        Refused(Methods.Pair(Phase1Mode.Main, Encryption).West with { LocalIdentity = IdentificationPayload.KeyId(new byte[200]) }, "localIdentity");

    [Test]
    public void WhatAggressiveModeCannotNegotiate()
    {
        var suite = Plain.West.Phase1[0];
        var aggressive = Plain.West with { Mode = Phase1Mode.Aggressive };
        Refused(aggressive with { Phase1 = [suite, PolicyPair.Phase1("AES-CBC-128", "HMAC-SHA1", "MODP-2048")] }, "phase1");
        var encrypted = Methods.Pair(Phase1Mode.Aggressive, Revised).West;
        Refused(encrypted with { Phase1 = [encrypted.Phase1[0], encrypted.Phase1[0] with { Hash = Crypto.PrfAlgorithm.Named("HMAC-SHA1") }] }, "phase1");
        Refused(encrypted with { PreSharedKey = new byte[1], Phase1 = [encrypted.Phase1[0], suite] }, "phase1");
    }

    [Test]
    public void NobodyCanStart() =>
        Refused(Plain.West with { Remote = new IPEndPoint(IPAddress.IPv6Any, 500), AcceptedModes = [] }, "acceptedModes");

    private static void Refused(ConnectionPolicy policy, string field) =>
        PolicyCheck.Check([policy]).Select(e => e.Field).Should().Contain($"connections[0].{field}");
}
