// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>What a responder does about an offer of a longer lifetime than its own: the three choices of RFC 2407 section 4.5.4.</summary>
public enum LongerLifetime
{
    /// <summary>Complete the negotiation and tell the true lifetime by RESPONDER-LIFETIME.</summary>
    Notify,

    /// <summary>Complete the negotiation and use the shorter lifetime without a word.</summary>
    Shorten,

    /// <summary>Do not accept such an offer.</summary>
    Refuse,
}
