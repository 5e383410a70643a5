// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Units of a lifetime, in phase 1 and phase 2 (RFC 2409 appendix A; RFC 2407 section 4.5).</summary>
public enum LifeType : ushort
{
    /// <summary>Seconds.</summary>
    Seconds = 1,

    /// <summary>Kilobytes of traffic, 1024 octets each.</summary>
    Kilobytes = 2,
}
