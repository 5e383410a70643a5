// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>Explicit congestion notification at the end of a tunnel (RFC 6040 section 4.2).</summary>
internal static class EcnTunnel
{
    private const byte NotEct = 0;
    private const byte Ect1 = 1;
    private const byte Ect0 = 2;
    private const byte CongestionExperienced = 3;

    /// <summary>Table of RFC 6040 figure 4.</summary>
    /// <returns>False when the packet is to be dropped: congestion that the sender's transport could not understand.</returns>
    public static bool TryCombine(byte inner, byte outer, out byte combined)
    {
        combined = (inner, outer) switch
        {
            (NotEct, _) => NotEct,
            (_, CongestionExperienced) or (CongestionExperienced, _) => CongestionExperienced,
            (Ect0, Ect1) => Ect1,
            _ => inner,
        };
        return inner != NotEct || outer != CongestionExperienced;
    }
}
