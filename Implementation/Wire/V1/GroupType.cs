// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Values of the phase 1 Group Type attribute (RFC 2409 appendix A).</summary>
public enum GroupType : ushort
{
    /// <summary>Modular exponentiation group.</summary>
    Modp = 1,

    /// <summary>Elliptic curve group over a prime field.</summary>
    Ecp = 2,

    /// <summary>Elliptic curve group over a field of characteristic two.</summary>
    Ec2n = 3,
}
