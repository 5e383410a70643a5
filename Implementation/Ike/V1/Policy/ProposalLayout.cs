// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>How suites of the same protocol are offered side by side (RFC 2408 section 4.2 has two kinds of OR).</summary>
public enum ProposalLayout
{
    /// <summary>As transforms of one proposal.</summary>
    Transforms,

    /// <summary>As proposals of one transform each.</summary>
    Proposals,
}
