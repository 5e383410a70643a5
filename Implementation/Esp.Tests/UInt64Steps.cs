// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp.Tests;

internal static class UInt64Steps
{
    /// <summary>A number some steps away, held at 0 and at the maximum.</summary>
    public static ulong AddClamped(this ulong number, long steps) =>
        (ulong)Int128.Clamp((Int128)number + steps, ulong.MinValue, ulong.MaxValue);
}
