// SPDX-License-Identifier: Apache-2.0

using Org.BouncyCastle.Security;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// What Bouncy Castle throws at octets that are not what they should be. It decodes lazily, so that each of these can come out of any
/// call on a certificate or list; to us they are answers, since a peer can cause them. Whatever is not named here is a defect.
/// </summary>
internal static class BouncyFailure
{
    public static bool IsMalformedInput(Exception exception) => exception
        is GeneralSecurityException
        or SecurityUtilityException
        or IOException
        or ArgumentException
        or FormatException
        or InvalidCastException
        or InvalidOperationException;
}
