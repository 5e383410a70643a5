// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>A certification authority that lives as long as the test run, and keys of two peers of each kind.</summary>
internal static class TestPki
{
    public static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset To = new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<(KeyKind Kind, int Peer), Lazy<KeyPair>> Keys = Enum.GetValues<KeyKind>()
        .Where(kind => kind != KeyKind.Other)
        .SelectMany(kind => new[] { 0, 1 }.Select(peer => (kind, peer)))
        .ToDictionary(at => at, at => new Lazy<KeyPair>(() => new KeyPair(at.kind)));

    public static Authority Root { get; } = new("CN=Root,O=Example", null);

    public static Authority OtherRoot { get; } = new("CN=Another root,O=Example", null);

    public static Authority Intermediate { get; } = new("CN=Intermediate,O=Example", Root);

    public static KeyPair Key(KeyKind kind, int peer) => Keys[(kind, peer)].Value;

    public static Certificate Read(byte[] der)
    {
        Certificate.TryRead(der, out var certificate, out var problem).Should().BeTrue(problem);
        return certificate!;
    }

    internal sealed class KeyPair
    {
        public KeyPair(KeyKind kind)
        {
            if (kind == KeyKind.Rsa)
            {
                // The smallest that a policy may name: hundreds of exchanges are to run.
                var rsa = RSA.Create(1024);
                Make = subject => new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                Pem = rsa.ExportPkcs8PrivateKeyPem();
            }
            else
            {
                var (curve, hash) = kind switch
                {
                    KeyKind.EcdsaP256 => (ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256),
                    KeyKind.EcdsaP384 => (ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384),
                    _ => (ECCurve.NamedCurves.nistP521, HashAlgorithmName.SHA512),
                };
                var ecdsa = ECDsa.Create(curve);
                Make = subject => new CertificateRequest(subject, ecdsa, hash);
                Pem = ecdsa.ExportPkcs8PrivateKeyPem();
            }
        }

        public Func<string, CertificateRequest> Make { get; }

        /// <summary>A private key object of one's own; none of them is shared, because they are not thread-safe.</summary>
        public SigningKey Private
        {
            get
            {
                SigningKey.TryRead(Pem, out var key, out var problem).Should().BeTrue(problem);
                return key!;
            }
        }

        public VerifyingKey Public => Private.Public;

        private string Pem { get; }
    }

    internal sealed class Authority
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly X509Certificate2 _certificate;
        private int _serial;

        public Authority(string name, Authority? issuer)
        {
            var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
            _certificate = issuer is null
                ? request.CreateSelfSigned(From, To)
                : issuer.Sign(request, From, To).CopyWithPrivateKey(_key);
            Certificate = Read(_certificate.RawData);
        }

        public Certificate Certificate { get; }

        public CertificateTrust Trust => new() { Anchors = [Certificate] };

        /// <summary>A certificate of a peer with one name of each kind.</summary>
        public Certificate Issue(
            KeyPair key,
            string subject,
            Action<SubjectAlternativeNameBuilder>? names = null,
            DateTimeOffset? from = null,
            DateTimeOffset? to = null,
            X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment)
        {
            var request = key.Make(subject);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
            if (names is not null)
            {
                var builder = new SubjectAlternativeNameBuilder();
                names(builder);
                request.CertificateExtensions.Add(builder.Build());
            }

            return Read(Sign(request, from ?? From, to ?? To).RawData);
        }

        public ReadOnlyMemory<byte> Revoke(params Certificate[] certificates)
        {
            var builder = new CertificateRevocationListBuilder();
            foreach (var certificate in certificates)
            {
                builder.AddEntry(certificate.Serial.ToArray(), From);
            }

            return builder.Build(_certificate, 1, To, HashAlgorithmName.SHA256, null, From);
        }

        private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset to)
        {
            var generator = X509SignatureGenerator.CreateForECDsa(_key);
            return request.Create(_certificate.SubjectName, generator, from, to, BitConverter.GetBytes(0x0100_0000 + Interlocked.Increment(ref _serial)));
        }
    }
}
