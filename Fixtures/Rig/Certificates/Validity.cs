// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>From when until when a certificate or revocation list is valid.</summary>
/// <param name="NotBefore">From when.</param>
/// <param name="NotAfter">Until when.</param>
public sealed record Validity(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Valid by every clock that a scenario can have: the real one, and the virtual one that begins in 2024.</summary>
    public static Validity Always { get; } = Of(2010, 2049);

    /// <summary>Over for a long time.</summary>
    public static Validity Over { get; } = Of(2010, 2012);

    /// <summary>Not begun for a long time.</summary>
    public static Validity NotYet { get; } = Of(2047, 2049);

    // Years up to 2049 are written as UTCTime, which everyone reads (RFC 5280 section 4.1.2.5).
    private static Validity Of(int first, int last) =>
        new(new DateTimeOffset(first, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(last, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
