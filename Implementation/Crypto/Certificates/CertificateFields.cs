// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Formats.Asn1;

namespace Ipsec.Crypto.Certificates;

/// <summary>The parts of a certificate (RFC 5280 section 4.1); octets are windows on <see cref="Der"/>.</summary>
internal sealed record CertificateFields
{
    private const string SubjectAltNameOid = "2.5.29.17";
    private const string AuthorityKeyIdentifierOid = "2.5.29.35";
    private const string SubjectKeyIdentifierOid = "2.5.29.14";

    public required ReadOnlyMemory<byte> Der { get; init; }

    /// <summary>1, 2 or 3.</summary>
    public required int Version { get; init; }

    public required ReadOnlyMemory<byte> Serial { get; init; }

    public required ReadOnlyMemory<byte> Issuer { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required ReadOnlyMemory<byte> Subject { get; init; }

    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    public ImmutableArray<SubjectAltName> AltNames { get; private set; } = [];

    /// <summary>Empty when absent.</summary>
    public ReadOnlyMemory<byte> SubjectKeyIdentifier { get; private set; }

    /// <summary>The keyIdentifier of the extension; empty when absent.</summary>
    public ReadOnlyMemory<byte> AuthorityKeyIdentifier { get; private set; }

    /// <exception cref="AsnContentException">The octets are no certificate.</exception>
    public static CertificateFields Read(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        AsnReader certificate = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        AsnReader tbs = certificate.ReadSequence();
        certificate.ReadSequence();
        certificate.ReadBitString(out _);
        certificate.ThrowIfNotEmpty();

        int version = ReadVersion(tbs);
        ReadOnlyMemory<byte> serial = tbs.ReadIntegerBytes();
        tbs.ReadSequence();
        ReadOnlyMemory<byte> issuer = tbs.ReadEncodedValue();
        AsnReader validity = tbs.ReadSequence();
        var fields = new CertificateFields
        {
            Der = der,
            Version = version,
            Serial = serial,
            Issuer = issuer,
            NotBefore = ReadTime(validity),
            NotAfter = ReadTime(validity),
            Subject = tbs.ReadEncodedValue(),
            SubjectPublicKeyInfo = tbs.ReadEncodedValue(),
        };
        validity.ThrowIfNotEmpty();

        SkipOptional(tbs, new Asn1Tag(TagClass.ContextSpecific, 1));
        SkipOptional(tbs, new Asn1Tag(TagClass.ContextSpecific, 2));
        var extensionsTag = new Asn1Tag(TagClass.ContextSpecific, 3, isConstructed: true);
        if (tbs.HasData && tbs.PeekTag() == extensionsTag)
        {
            AsnReader explicitly = tbs.ReadSequence(extensionsTag);
            fields.ReadExtensions(explicitly.ReadSequence());
            explicitly.ThrowIfNotEmpty();
        }

        tbs.ThrowIfNotEmpty();
        return fields;
    }

    private static int ReadVersion(AsnReader tbs)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (tbs.PeekTag() != tag)
        {
            return 1;
        }

        AsnReader explicitly = tbs.ReadSequence(tag);
        return explicitly.TryReadInt32(out int value) && value is >= 0 and <= 2
            ? value + 1
            : throw new AsnContentException("the version is none of 1, 2 and 3");
    }

    private static DateTimeOffset ReadTime(AsnReader validity) =>
        validity.PeekTag() == Asn1Tag.UtcTime ? validity.ReadUtcTime() : validity.ReadGeneralizedTime();

    private static void SkipOptional(AsnReader tbs, Asn1Tag tag)
    {
        if (tbs.HasData && tbs.PeekTag().HasSameClassAndValue(tag))
        {
            tbs.ReadEncodedValue();
        }
    }

    private void ReadExtensions(AsnReader extensions)
    {
        HashSet<string> seen = [];
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            if (!seen.Add(oid))
            {
                throw new AsnContentException($"extension {oid} occurs twice (RFC 5280 section 4.2)");
            }

            if (extension.HasData && extension.PeekTag() == Asn1Tag.Boolean)
            {
                extension.ReadBoolean();
            }

            ReadExtension(oid, extension.ReadOctetString());
            extension.ThrowIfNotEmpty();
        }
    }

    private void ReadExtension(string oid, ReadOnlyMemory<byte> value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        switch (oid)
        {
            case SubjectAltNameOid:
                AltNames = ReadAltNames(reader.ReadSequence());
                break;
            case SubjectKeyIdentifierOid:
                SubjectKeyIdentifier = reader.ReadOctetString();
                break;
            case AuthorityKeyIdentifierOid:
                var keyIdentifier = new Asn1Tag(TagClass.ContextSpecific, 0);
                AsnReader identifier = reader.ReadSequence();
                if (identifier.HasData && identifier.PeekTag() == keyIdentifier)
                {
                    AuthorityKeyIdentifier = identifier.ReadOctetString(keyIdentifier);
                }

                break;
            default:
                return;
        }

        reader.ThrowIfNotEmpty();
    }

    // GeneralName, RFC 5280 section 4.2.1.6.
    private static ImmutableArray<SubjectAltName> ReadAltNames(AsnReader names)
    {
        ImmutableArray<SubjectAltName>.Builder read = ImmutableArray.CreateBuilder<SubjectAltName>();
        while (names.HasData)
        {
            Asn1Tag tag = names.PeekTag();
            if (tag.TagClass != TagClass.ContextSpecific)
            {
                throw new AsnContentException("an alternative name is of no known choice");
            }

            switch (tag.TagValue)
            {
                case 1:
                    read.Add(new SubjectAltName(SubjectAltNameKind.Email, names.ReadOctetString(tag)));
                    break;
                case 2:
                    read.Add(new SubjectAltName(SubjectAltNameKind.Dns, names.ReadOctetString(tag)));
                    break;
                case 4:
                    AsnReader explicitly = names.ReadSequence(tag);
                    read.Add(new SubjectAltName(SubjectAltNameKind.DirectoryName, explicitly.ReadEncodedValue()));
                    explicitly.ThrowIfNotEmpty();
                    break;
                case 7:
                    byte[] address = names.ReadOctetString(tag);
                    read.Add(address.Length is 4 or 16
                        ? new SubjectAltName(SubjectAltNameKind.IpAddress, address)
                        : throw new AsnContentException($"an iPAddress of {address.Length} octets"));
                    break;
                default:
                    names.ReadEncodedValue();
                    break;
            }
        }

        return read.ToImmutable();
    }
}
