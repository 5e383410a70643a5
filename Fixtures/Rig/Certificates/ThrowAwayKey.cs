// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>
/// A key pair that lives as long as the process. Making an RSA key takes a fifth of a second, so scenarios share the keys of one owner
/// and kind; their certificates are their own. Lent and used from any thread.
/// </summary>
public sealed class ThrowAwayKey
{
    private static readonly ConcurrentDictionary<(string, CertificateKeyType), Lazy<ThrowAwayKey>> Made = new();

    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly Lock _gate = new();

    private ThrowAwayKey(CertificateKeyType type)
    {
        Type = type;
        switch (type)
        {
            case CertificateKeyType.EcdsaP256:
                _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                break;
            case CertificateKeyType.EcdsaP384:
                _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
                break;
            case CertificateKeyType.EcdsaP521:
                _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP521);
                break;
            case CertificateKeyType.Rsa2048:
                _rsa = RSA.Create(2048);
                break;
            case CertificateKeyType.Rsa3072:
                _rsa = RSA.Create(3072);
                break;
            case CertificateKeyType.Rsa4096:
                _rsa = RSA.Create(4096);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not a kind of key");
        }

        Pem = _rsa?.ExportPkcs8PrivateKeyPem() ?? _ecdsa!.ExportPkcs8PrivateKeyPem();
        PublicKey = _rsa is null ? new PublicKey(_ecdsa!) : new PublicKey(_rsa);
        Hash = type switch
        {
            CertificateKeyType.EcdsaP384 => HashAlgorithmName.SHA384,
            CertificateKeyType.EcdsaP521 => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
    }

    /// <summary>Its kind.</summary>
    public CertificateKeyType Type { get; }

    /// <summary>The private key as PKCS#8 in PEM.</summary>
    public string Pem { get; }

    /// <summary>The public key.</summary>
    internal PublicKey PublicKey { get; }

    /// <summary>The hash with which certificates are signed by it.</summary>
    internal HashAlgorithmName Hash { get; }

    /// <summary>The key of an owner, made at the first demand.</summary>
    /// <param name="owner">For example "west"; the authorities have keys of their own.</param>
    /// <param name="type">Its kind.</param>
    /// <returns>The same key every time.</returns>
    public static ThrowAwayKey Of(string owner, CertificateKeyType type) =>
        Made.GetOrAdd((owner, type), static key => new Lazy<ThrowAwayKey>(() => new ThrowAwayKey(key.Item2))).Value;

    /// <summary>Signs with the key; one at a time.</summary>
    /// <typeparam name="T">What is signed.</typeparam>
    /// <param name="sign">Makes it with the generator of signatures.</param>
    /// <returns>What was signed.</returns>
    internal T Sign<T>(Func<X509SignatureGenerator, T> sign)
    {
        lock (_gate)
        {
            return sign(_rsa is null
                ? X509SignatureGenerator.CreateForECDsa(_ecdsa!)
                : X509SignatureGenerator.CreateForRSA(_rsa, RSASignaturePadding.Pkcs1));
        }
    }
}
