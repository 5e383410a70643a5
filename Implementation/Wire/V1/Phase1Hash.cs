// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Values of the phase 1 Hash Algorithm attribute (RFC 2409 appendix A; RFC 4868).</summary>
public enum Phase1Hash : ushort
{
    /// <summary>MD5.</summary>
    Md5 = 1,

    /// <summary>SHA-1.</summary>
    Sha1 = 2,

    /// <summary>Tiger.</summary>
    Tiger = 3,

    /// <summary>SHA2-256.</summary>
    Sha256 = 4,

    /// <summary>SHA2-384.</summary>
    Sha384 = 5,

    /// <summary>SHA2-512.</summary>
    Sha512 = 6,
}
