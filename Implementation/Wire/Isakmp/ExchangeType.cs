// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Isakmp;

/// <summary>Exchange Type, 1 octet of the header (RFC 2408 section 3.1; RFC 2409 appendix A; RFC 7296 section 3.1).</summary>
public enum ExchangeType : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Base exchange (RFC 2408 section 4.4).</summary>
    Base = 1,

    /// <summary>Identity Protection exchange, which IKE calls Main Mode (RFC 2408 section 4.5).</summary>
    IdentityProtection = 2,

    /// <summary>Authentication Only exchange (RFC 2408 section 4.6).</summary>
    AuthenticationOnly = 3,

    /// <summary>Aggressive exchange (RFC 2408 section 4.7).</summary>
    Aggressive = 4,

    /// <summary>Informational exchange (RFC 2408 section 4.8).</summary>
    Informational = 5,

    /// <summary>Transaction exchange of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02).</summary>
    Transaction = 6,

    /// <summary>Quick Mode (RFC 2409 section 5.5).</summary>
    QuickMode = 32,

    /// <summary>New Group Mode (RFC 2409 section 5.6).</summary>
    NewGroupMode = 33,

    /// <summary>IKE_SA_INIT of IKEv2 (RFC 7296 section 1.2).</summary>
    IkeSaInit = 34,

    /// <summary>IKE_AUTH of IKEv2 (RFC 7296 section 1.2).</summary>
    IkeAuth = 35,

    /// <summary>CREATE_CHILD_SA of IKEv2 (RFC 7296 section 1.3).</summary>
    CreateChildSa = 36,

    /// <summary>INFORMATIONAL of IKEv2 (RFC 7296 section 1.4).</summary>
    Ikev2Informational = 37,

    /// <summary>IKE_SESSION_RESUME of IKEv2 (RFC 5723).</summary>
    IkeSessionResume = 38,

    /// <summary>IKE_INTERMEDIATE of IKEv2 (RFC 9242).</summary>
    IkeIntermediate = 43,

    /// <summary>IKE_FOLLOWUP_KE of IKEv2 (RFC 9370).</summary>
    IkeFollowupKe = 44,
}
