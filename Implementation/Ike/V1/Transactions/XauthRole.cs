// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.AuthenticationMethod;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>What an end does in extended authentication.</summary>
internal enum XauthRole
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It asks: the edge device.</summary>
    Server,

    /// <summary>It is asked: the IPsec host.</summary>
    Client,
}

/// <summary>Which role the negotiated authentication method gives.</summary>
internal static class XauthRoles
{
    /// <summary>
    /// "Init" methods have the initiator of phase 1 authenticated, "Resp" methods the responder
    /// (draft-beaulieu-ike-xauth-02 section 7.2; the hybrid methods likewise).
    /// </summary>
    public static XauthRole Of(AuthenticationMethod method, bool isInitiator) => method switch
    {
        XauthInitPreShared or XauthInitDss or XauthInitRsa or XauthInitRsaEncryption or XauthInitRsaRevisedEncryption
            or HybridInitRsa or HybridInitDss => isInitiator ? XauthRole.Client : XauthRole.Server,
        XauthRespPreShared or XauthRespDss or XauthRespRsa or XauthRespRsaEncryption or XauthRespRsaRevisedEncryption
            or HybridRespRsa or HybridRespDss => isInitiator ? XauthRole.Server : XauthRole.Client,
        _ => XauthRole.None,
    };
}
