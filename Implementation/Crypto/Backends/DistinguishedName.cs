// SPDX-License-Identifier: Apache-2.0

using Org.BouncyCastle.Asn1.X509;

namespace Ipsec.Crypto.Backends;

/// <summary>X.501 names: their text (RFC 4514) and their equality (RFC 5280 section 7.1).</summary>
internal static class DistinguishedName
{
    public static bool TryFormat(ReadOnlyMemory<byte> der, out string text)
    {
        text = "";
        try
        {
            X509Name name = X509Name.GetInstance(der.ToArray());
            text = name.ToString(true, X509Name.RFC2253Symbols);
            return true;
        }
        catch (Exception exception) when (BouncyFailure.IsMalformedInput(exception))
        {
            return false;
        }
    }

    public static string Format(ReadOnlyMemory<byte> der) =>
        TryFormat(der, out string text) ? text : Convert.ToHexStringLower(der.Span);

    /// <summary>Whether two names are the same, letter case and superfluous spaces aside. What is no name equals its own octets only.</summary>
    public static bool AreEqual(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b)
    {
        if (a.Span.SequenceEqual(b.Span))
        {
            return true;
        }

        try
        {
            return X509Name.GetInstance(a.ToArray()).Equivalent(X509Name.GetInstance(b.ToArray()), inOrder: true);
        }
        catch (Exception exception) when (BouncyFailure.IsMalformedInput(exception))
        {
            return false;
        }
    }
}
