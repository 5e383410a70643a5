// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>What an end does in mode config (draft-dukes-ike-mode-cfg-02 section 2).</summary>
public enum ModeConfigRole
{
    /// <summary>It asks for a configuration between phase 1 and the first quick mode: REQUEST, answered by REPLY.</summary>
    PullingClient,

    /// <summary>It waits for a configuration between phase 1 and the first quick mode: SET, answered by ACK.</summary>
    PushedClient,

    /// <summary>It answers requests.</summary>
    AnsweringServer,

    /// <summary>It sends a configuration unasked between phase 1 and the first quick mode, and answers requests.</summary>
    PushingServer,
}
