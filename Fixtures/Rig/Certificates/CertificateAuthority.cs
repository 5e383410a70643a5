// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>
/// A throw-away authority: it issues certificates, other authorities and a revocation list (RFC 5280). Each has a name and a subject key
/// identifier of its own even where authorities share a key, because implementations find issuers and lists by them.
/// </summary>
public sealed class CertificateAuthority
{
    private const int SerialNumberSize = 12;
    private const int KeyIdentifierSize = 20;

    /// <summary>
    /// A peer keeps one list of an authority, so scenarios that run beside each other must have the same: the numbers of all certificates
    /// that will ever be revoked are drawn beforehand.
    /// </summary>
    private const int RevokedCertificates = 64;

    private readonly X509SubjectKeyIdentifierExtension _keyIdentifier;
    private readonly ImmutableArray<byte[]> _revoked = [.. Enumerable.Range(0, RevokedCertificates).Select(_ => NewSerialNumber())];
    private int _revokedIssued;

    private CertificateAuthority(IssuedCertificate certificate, X509SubjectKeyIdentifierExtension keyIdentifier)
    {
        Certificate = certificate;
        _keyIdentifier = keyIdentifier;
    }

    /// <summary>Its own certificate.</summary>
    public IssuedCertificate Certificate { get; }

    /// <summary>Makes an authority that vouches for itself.</summary>
    /// <param name="name">Its name as a file.</param>
    /// <param name="subject">Its name.</param>
    /// <param name="key">Its key.</param>
    /// <returns>The authority.</returns>
    public static CertificateAuthority Root(string name, X500DistinguishedName subject, ThrowAwayKey key)
    {
        var keyIdentifier = NewKeyIdentifier();
        var order = new CertificateOrder { Name = name, Subject = subject, Key = key };
        return new(Issue(order, NewSerialNumber(), Authority(keyIdentifier), subject, key), keyIdentifier);
    }

    /// <summary>Makes an authority below this one.</summary>
    /// <param name="name">Its name as a file.</param>
    /// <param name="subject">Its name.</param>
    /// <param name="key">Its key.</param>
    /// <returns>The authority.</returns>
    public CertificateAuthority Intermediate(string name, X500DistinguishedName subject, ThrowAwayKey key)
    {
        var keyIdentifier = NewKeyIdentifier();
        return new(IssueBelow(new() { Name = name, Subject = subject, Key = key }, Authority(keyIdentifier)), keyIdentifier);
    }

    /// <summary>Makes an issuer that is none: his certificate, by this authority, does not make him one (RFC 5280 section 4.2.1.9).</summary>
    /// <param name="name">His name as a file.</param>
    /// <param name="subject">His name.</param>
    /// <param name="key">His key.</param>
    /// <returns>The issuer.</returns>
    public CertificateAuthority Impostor(string name, X500DistinguishedName subject, ThrowAwayKey key)
    {
        var keyIdentifier = NewKeyIdentifier();
        return new(IssueBelow(new() { Name = name, Subject = subject, Key = key }, EndEntity(keyIdentifier)), keyIdentifier);
    }

    /// <summary>Issues a certificate for somebody who is no authority.</summary>
    /// <param name="order">What it is to hold.</param>
    /// <returns>The certificate.</returns>
    public IssuedCertificate Issue(CertificateOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        IEnumerable<X509Extension> extensions = EndEntity(NewKeyIdentifier());
        return IssueBelow(order, SubjectAlternativeNames.Of(order.Identities) is { } names ? extensions.Append(names) : extensions);
    }

    /// <summary>The list of what this authority has revoked, and will have.</summary>
    /// <param name="validity">From this until the next update.</param>
    /// <returns>The list.</returns>
    public RevocationList ListRevoked(Validity validity)
    {
        ArgumentNullException.ThrowIfNull(validity);
        var builder = new CertificateRevocationListBuilder();
        foreach (var number in _revoked)
        {
            builder.AddEntry(number, validity.NotBefore, X509RevocationReason.KeyCompromise);
        }

        var der = Certificate.Key.Sign(generator => builder.Build(
            Certificate.Subject, generator, BigInteger.One, validity.NotAfter, Certificate.Key.Hash, AuthorityKeyIdentifier(), validity.NotBefore));
        return new RevocationList(Certificate.Name, der);
    }

    private static IssuedCertificate Issue(
        CertificateOrder order, byte[] number, IEnumerable<X509Extension> extensions, X500DistinguishedName issuer, ThrowAwayKey signer)
    {
        var request = new CertificateRequest(order.Subject, order.Key.PublicKey, signer.Hash, RSASignaturePadding.Pkcs1);
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var certificate = signer.Sign(generator => request.Create(issuer, generator, order.Validity.NotBefore, order.Validity.NotAfter, number));
        return new IssuedCertificate(order.Name, order.Subject, certificate.RawData, order.Key);
    }

    /// <summary>Positive and without a leading zero (RFC 5280 section 4.1.2.2).</summary>
    private static byte[] NewSerialNumber()
    {
        var number = RandomNumberGenerator.GetBytes(SerialNumberSize);
        number[0] = (byte)((number[0] & 0x3f) | 0x40);
        return number;
    }

    private static X509SubjectKeyIdentifierExtension NewKeyIdentifier() => new(RandomNumberGenerator.GetBytes(KeyIdentifierSize), critical: false);

    private static X509Extension[] Authority(X509SubjectKeyIdentifierExtension keyIdentifier) =>
    [
        new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true),
        new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true),
        keyIdentifier,
    ];

    private static X509Extension[] EndEntity(X509SubjectKeyIdentifierExtension keyIdentifier) =>
    [
        new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true),
        new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true),
        keyIdentifier,
    ];

    private IssuedCertificate IssueBelow(CertificateOrder order, IEnumerable<X509Extension> extensions) => Issue(
        order, order.IsRevoked ? TakeRevokedNumber() : NewSerialNumber(), extensions.Append(AuthorityKeyIdentifier()), Certificate.Subject, order.Forger ?? Certificate.Key);

    private byte[] TakeRevokedNumber()
    {
        var taken = Interlocked.Increment(ref _revokedIssued);
        return taken <= RevokedCertificates
            ? _revoked[taken - 1]
            : throw new InvalidOperationException($"{Certificate.Name} has set {RevokedCertificates} numbers aside for revoked certificates, and all are taken");
    }

    private X509AuthorityKeyIdentifierExtension AuthorityKeyIdentifier() => X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(_keyIdentifier);
}
