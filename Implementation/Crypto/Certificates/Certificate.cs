// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

using Ipsec.Crypto.Backends;
using Ipsec.Crypto.Signatures;

namespace Ipsec.Crypto.Certificates;

/// <summary>
/// An X.509 certificate (RFC 5280 section 4.1), decoded and not yet trusted: <see cref="CertificateTrust"/> judges it. Two are equal
/// when their octets are. Immutable.
/// </summary>
public sealed class Certificate : IEquatable<Certificate>
{
    private const string PemLabel = "CERTIFICATE";

    private Certificate(CertificateFields fields, VerifyingKey publicKey, string subject)
    {
        Fields = fields;
        PublicKey = publicKey;
        Subject = subject;
    }

    /// <summary>The whole certificate, in DER, as a certificate payload carries it.</summary>
    public ReadOnlyMemory<byte> Der => Fields.Der;

    /// <summary>The subject's distinguished name in DER, as an ID_DER_ASN1_DN payload carries it.</summary>
    public ReadOnlyMemory<byte> SubjectDer => Fields.Subject;

    /// <summary>The issuer's distinguished name in DER, as a certificate request payload carries a certification authority's.</summary>
    public ReadOnlyMemory<byte> IssuerDer => Fields.Issuer;

    /// <summary>The subject as text (RFC 4514): "CN=gateway,O=example". Empty when the names are all in <see cref="AltNames"/>.</summary>
    public string Subject { get; }

    /// <summary>The names of the subjectAltName extension, of the kinds that an identification payload can carry.</summary>
    public ImmutableArray<SubjectAltName> AltNames => Fields.AltNames;

    /// <summary>The subject's key; of <see cref="KeyKind.Other"/> when no authentication method uses such keys.</summary>
    public VerifyingKey PublicKey { get; }

    /// <summary>The first second at which it is valid.</summary>
    public DateTimeOffset NotBefore => Fields.NotBefore;

    /// <summary>The last second at which it is valid.</summary>
    public DateTimeOffset NotAfter => Fields.NotAfter;

    /// <summary>The serial number, big endian two's complement as encoded.</summary>
    public ReadOnlyMemory<byte> Serial => Fields.Serial;

    internal CertificateFields Fields { get; }

    /// <summary>Whether subject and issuer are the same name, which only roots should be.</summary>
    internal bool IsSelfIssued => Fields.Subject.Span.SequenceEqual(Fields.Issuer.Span);

    /// <summary>Reads a certificate in DER. No octets, whatever they are, make this throw.</summary>
    /// <param name="der">The certificate, without octets after it. It is copied.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="problem">Why there is none; empty when there is one.</param>
    public static bool TryRead(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out Certificate? certificate, out string problem)
    {
        certificate = null;
        CertificateFields fields;
        try
        {
            fields = CertificateFields.Read(der.ToArray());
        }
        catch (AsnContentException exception)
        {
            // The reader's way to say that the octets are something else, which is an answer here.
            problem = $"not a certificate: {exception.Message}";
            return false;
        }

        if (!DistinguishedName.TryFormat(fields.Subject, out string subject))
        {
            problem = "not a certificate: the subject is no distinguished name";
            return false;
        }

        VerifyingKey key = VerifyingKey.TryRead(fields.SubjectPublicKeyInfo, out VerifyingKey? usable, out _)
            ? usable
            : VerifyingKey.Unusable(fields.SubjectPublicKeyInfo);
        certificate = new Certificate(fields, key, subject);
        problem = "";
        return true;
    }

    /// <summary>Reads the first "CERTIFICATE" of a PEM text (RFC 7468 section 5).</summary>
    /// <param name="pem">The text; what is before and after the certificate is passed over.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="problem">Why there is none; empty when there is one.</param>
    public static bool TryReadPem(string pem, [NotNullWhen(true)] out Certificate? certificate, out string problem)
    {
        certificate = null;
        if (!TryReadAllPem(pem, out ImmutableArray<Certificate> certificates, out problem))
        {
            return false;
        }

        certificate = certificates[0];
        return true;
    }

    /// <summary>Reads every "CERTIFICATE" of a PEM text, in the order of the text.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="certificates">The certificates; empty when the answer is false.</param>
    /// <param name="problem">Why the answer is false: there is none, or one of them cannot be read.</param>
    public static bool TryReadAllPem(string pem, out ImmutableArray<Certificate> certificates, out string problem)
    {
        certificates = [];
        List<Certificate> read = [];
        foreach ((string label, byte[] der) in Pem.Blocks(pem))
        {
            if (label == PemLabel)
            {
                if (!TryRead(der, out Certificate? certificate, out problem))
                {
                    return false;
                }

                read.Add(certificate);
            }
        }

        certificates = [.. read];
        problem = read.Count == 0 ? $"the text has no PEM block labelled {PemLabel}" : "";
        return read.Count > 0;
    }

    /// <summary>Whether both have the same octets.</summary>
    public bool Equals(Certificate? other) => other is not null && Der.Span.SequenceEqual(other.Der.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Certificate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Der.Span);
        return hash.ToHashCode();
    }

    /// <summary>The subject, and the serial number in hexadecimal.</summary>
    public override string ToString() => $"{(Subject.Length == 0 ? "(no subject)" : Subject)} [{Convert.ToHexStringLower(Serial.Span)}]";
}
