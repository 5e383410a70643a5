// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Ipsec.Wire.Ip;

/// <summary>Defects that all the headers here share. Texts are made only when something is wrong.</summary>
internal static class IpError
{
    /// <summary>Makes sure that a header of fixed size is there.</summary>
    public static bool CheckSize(ReadOnlySpan<byte> bytes, int size, string header, out WireError error)
    {
        if (bytes.Length >= size)
        {
            error = default;
            return true;
        }

        return Of(WireErrorKind.Truncated, bytes.Length, header, size, bytes.Length, "octets needed").Fail(out error);
    }

    /// <summary>"{demanded} {what}, {found} there".</summary>
    public static WireError Of(WireErrorKind kind, int offset, string field, int demanded, int found, string what) =>
        new(kind, offset, field, string.Create(CultureInfo.InvariantCulture, $"{demanded} {what}, {found} there"));

    /// <summary>A checksum that does not match.</summary>
    public static WireError Checksum(int offset, string field, ushort found) => new(
        WireErrorKind.BadChecksum, offset, field, string.Create(CultureInfo.InvariantCulture, $"0x{found:x4} does not match the octets"));
}
