// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>What of a section the ICV covers.</summary>
public enum IcvCoverage
{
    /// <summary>Nothing of it.</summary>
    None,

    /// <summary>Every octet.</summary>
    Whole,

    /// <summary>The fields that nobody changes on the way, and no other (RFC 4302 section 3.3.3.1.1.1).</summary>
    ImmutableFields,

    /// <summary>It is the ICV.</summary>
    Itself,
}
