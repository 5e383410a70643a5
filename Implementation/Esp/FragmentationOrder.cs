// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>When a packet that is too long for its path is divided (RFC 4301 section 7 and appendix D; RFC 4303 section 3.3.4).</summary>
public enum FragmentationOrder
{
    /// <summary>The inner packet, so that each fragment is protected by itself: tunnel mode only.</summary>
    BeforeProtection,

    /// <summary>The protected packet, so that the receiver has to put it together first.</summary>
    AfterProtection,
}
