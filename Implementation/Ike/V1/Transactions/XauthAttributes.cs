// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.ConfigurationAttribute;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>The attributes of extended authentication (draft-beaulieu-ike-xauth-02 section 6.2).</summary>
internal static class XauthAttributes
{
    /// <summary>XAUTH-STATUS: refused.</summary>
    public const ushort Fail = 0;

    /// <summary>XAUTH-STATUS: accepted.</summary>
    public const ushort Ok = 1;

    /// <summary>Whether a payload belongs to extended authentication and not to mode config.</summary>
    public static bool AnyIn(AttributesPayload payload) =>
        payload.Attributes.Any(a => a.Type is >= (ushort)XauthType and <= (ushort)XauthAnswer);

    public static DataAttribute Type(XauthAuthenticationType type) => DataAttribute.Basic((ushort)XauthType, (ushort)type);

    public static DataAttribute Status(ushort status) => DataAttribute.Basic((ushort)XauthStatus, status);

    public static DataAttribute Empty(ConfigurationAttribute type) => Variable(type, ReadOnlyMemory<byte>.Empty);

    public static DataAttribute Variable(ConfigurationAttribute type, ReadOnlyMemory<byte> value) => DataAttribute.Variable((ushort)type, value);

    public static DataAttribute Text(ConfigurationAttribute type, string text) => Variable(type, Encoding.UTF8.GetBytes(text));

    public static DataAttribute? Find(AttributesPayload payload, ConfigurationAttribute type) =>
        payload.Attributes.FirstOrDefault(a => a.Type == (ushort)type);

    public static string? FindText(AttributesPayload payload, ConfigurationAttribute type) =>
        Find(payload, type) is { } found ? Encoding.UTF8.GetString(found.Value.Span) : null;

    /// <summary>The value of a basic attribute; null when it is absent or has the other form.</summary>
    public static ushort? FindBasic(AttributesPayload payload, ConfigurationAttribute type) =>
        Find(payload, type) is { IsBasic: true } found && found.TryGetNumber(out var number) ? (ushort)number : null;

    /// <summary>
    /// The password of a RADIUS-CHAP reply: the identifier and the hash of identifier, secret and challenge
    /// (draft-beaulieu-ike-xauth-02 appendix A-8; RFC 1994 names MD5).
    /// </summary>
    public static byte[] ChapPassword(byte identifier, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> challenge)
    {
#pragma warning disable CA5351 // The protocol demands MD5.
        return [identifier, .. MD5.HashData([identifier, .. secret, .. challenge])];
#pragma warning restore CA5351
    }
}
