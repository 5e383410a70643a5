// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Values of the phase 1 Encryption Algorithm attribute (RFC 2409 appendix A; RFC 4109, 4312).</summary>
public enum Phase1Encryption : ushort
{
    /// <summary>DES-CBC.</summary>
    DesCbc = 1,

    /// <summary>IDEA-CBC.</summary>
    IdeaCbc = 2,

    /// <summary>Blowfish-CBC.</summary>
    BlowfishCbc = 3,

    /// <summary>RC5-R16-B64-CBC.</summary>
    Rc5Cbc = 4,

    /// <summary>3DES-CBC.</summary>
    TripleDesCbc = 5,

    /// <summary>CAST-CBC.</summary>
    CastCbc = 6,

    /// <summary>AES-CBC; Key Length is required (RFC 3602 section 5.2).</summary>
    AesCbc = 7,

    /// <summary>Camellia-CBC (RFC 4312).</summary>
    CamelliaCbc = 8,
}
