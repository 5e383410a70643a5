// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Value of XAUTH-TYPE (draft-beaulieu-ike-xauth-02 section 6.3).</summary>
public enum XauthAuthenticationType : ushort
{
    /// <summary>Generic: names, passwords, passcodes; what an absent XAUTH-TYPE means.</summary>
    Generic = 0,

    /// <summary>RADIUS-CHAP: a challenge hides the password.</summary>
    RadiusChap = 1,

    /// <summary>OTP: one-time passwords.</summary>
    Otp = 2,

    /// <summary>S/KEY.</summary>
    Skey = 3,
}
