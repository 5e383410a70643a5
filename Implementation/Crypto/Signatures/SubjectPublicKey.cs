// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto.Signatures;

/// <summary>Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7; the algorithms: RFC 3279 section 2.3.1, RFC 5480 section 2).</summary>
internal static class SubjectPublicKey
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    public static bool TryRead(ReadOnlyMemory<byte> spki, [NotNullWhen(true)] out VerifyingKey? key, out string problem)
    {
        key = null;
        ReadOnlyMemory<byte> copy = spki.ToArray();
        try
        {
            string algorithm = AlgorithmOf(copy, out AsnReader parameters);
            if (algorithm == RsaEncryption)
            {
                return TryReadRsa(copy, out key, out problem);
            }

            if (algorithm == EcPublicKey)
            {
                return TryReadEcdsa(copy, parameters, out key, out problem);
            }

            problem = $"no authentication method uses keys of algorithm {algorithm}";
            return false;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            // The platform's way to say that the octets are no such key, which is an answer here.
            problem = $"not a well-formed public key: {exception.Message}";
            return false;
        }
    }

    private static string AlgorithmOf(ReadOnlyMemory<byte> spki, out AsnReader parameters)
    {
        var reader = new AsnReader(spki, AsnEncodingRules.DER);
        AsnReader sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        parameters = sequence.ReadSequence();
        return parameters.ReadObjectIdentifier();
    }

    private static bool TryReadRsa(ReadOnlyMemory<byte> spki, [NotNullWhen(true)] out VerifyingKey? key, out string problem)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(spki.Span, out _);
        key = RsaPublicOperations.TryCreate(rsa.ExportParameters(false), out RsaPublicOperations? operations, out problem)
            ? new VerifyingKey(operations, spki)
            : null;
        return key is not null;
    }

    // Only curves by name: RFC 5480 section 2.1.1 forbids the other two ways to give one.
    private static bool TryReadEcdsa(
        ReadOnlyMemory<byte> spki, AsnReader parameters, [NotNullWhen(true)] out VerifyingKey? key, out string problem)
    {
        key = null;
        EcdsaCurve? curve = parameters.PeekTag() == Asn1Tag.ObjectIdentifier ? EcdsaCurve.Of(parameters.ReadObjectIdentifier()) : null;
        if (curve is null)
        {
            problem = "the curve of the key is none of P-256, P-384 and P-521 (RFC 4754 section 7)";
            return false;
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(spki.Span, out _);
        key = new VerifyingKey(curve, ecdsa.ExportParameters(false).Q, spki);
        problem = "";
        return true;
    }
}
