// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>The life duration attribute, which may take either form (RFC 2407 section 4.5, RFC 2409 appendix A).</summary>
internal static class LifeDuration
{
    /// <summary>What holds when no lifetime is negotiated: 8 hours (RFC 2407 section 4.5).</summary>
    public const uint DefaultSeconds = 28800;

    public static DataAttribute Encode(ushort type, ulong duration)
    {
        if (duration <= ushort.MaxValue)
        {
            return DataAttribute.Basic(type, (ushort)duration);
        }

        if (duration <= uint.MaxValue)
        {
            return DataAttribute.Variable(type, (uint)duration);
        }

        var value = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(value, duration);
        return DataAttribute.Variable(type, value);
    }

    public static uint Clamp(ulong seconds) => (uint)Math.Min(seconds, uint.MaxValue);
}
