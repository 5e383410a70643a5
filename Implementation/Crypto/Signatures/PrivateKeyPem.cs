// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ipsec.Crypto.Signatures;

/// <summary>Finds and decodes the first private key of a PEM text.</summary>
internal static class PrivateKeyPem
{
    private const string Pkcs8Label = "PRIVATE KEY";
    private const string Pkcs1Label = "RSA PRIVATE KEY";
    private const string Sec1Label = "EC PRIVATE KEY";

    /// <summary>Reads the key; of <paramref name="rsa"/> and <paramref name="ecdsa"/> one is set when the answer is true.</summary>
    public static bool TryRead(string pem, out RSA? rsa, out ECDsa? ecdsa, out string problem)
    {
        rsa = null;
        ecdsa = null;
        if (!TryFind(pem, out string? label, out byte[]? der, out problem))
        {
            return false;
        }

        try
        {
            switch (label)
            {
                case Pkcs1Label:
                    rsa = RSA.Create();
                    rsa.ImportRSAPrivateKey(der, out _);
                    return true;
                case Sec1Label:
                    ecdsa = ECDsa.Create();
                    ecdsa.ImportECPrivateKey(der, out _);
                    return true;
                case Pkcs8Label when IsRsa(der):
                    rsa = RSA.Create();
                    rsa.ImportPkcs8PrivateKey(der, out _);
                    return true;
                default:
                    ecdsa = ECDsa.Create();
                    ecdsa.ImportPkcs8PrivateKey(der, out _);
                    return true;
            }
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            // The platform's ways to say that the octets are no key of that kind, or of a curve it does not know: an answer here.
            rsa?.Dispose();
            ecdsa?.Dispose();
            rsa = null;
            ecdsa = null;
            problem = $"the {label} cannot be used: {exception.Message}";
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private static bool TryFind(
        string pem, [NotNullWhen(true)] out string? label, [NotNullWhen(true)] out byte[]? der, out string problem)
    {
        foreach ((string found, byte[] decoded) in Pem.Blocks(pem))
        {
            if (found is Pkcs8Label or Pkcs1Label or Sec1Label)
            {
                label = found;
                der = decoded;
                problem = "";
                return true;
            }
        }

        label = null;
        der = null;
        problem = pem.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? "the private key is encrypted; only keys in the clear are read"
            : $"the text has no PEM block labelled {Pkcs8Label}, {Pkcs1Label} or {Sec1Label}";
        return false;
    }

    private static bool IsRsa(byte[] pkcs8)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
            return true;
        }
        catch (CryptographicException)
        {
            // Then it is tried as an elliptic curve key, and that error is reported if it is none either.
            return false;
        }
    }
}
