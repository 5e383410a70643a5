// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>ISAKMP transform identifiers (RFC 2407 section 4.4.2).</summary>
public enum Phase1TransformId : byte
{
    /// <summary>Reserved.</summary>
    None = 0,

    /// <summary>KEY_IKE, the only one.</summary>
    KeyIke = 1,
}
