// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>For which scenarios the evidence folder is kept.</summary>
public enum EvidenceMode
{
    /// <summary>For every scenario that did not simply pass.</summary>
    Failed,

    /// <summary>For passing scenarios too.</summary>
    All,
}
