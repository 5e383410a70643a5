// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>What becomes of an older IKE SA with the same identities when a new one is established.</summary>
public enum UniquenessChoice
{
    /// <summary>It stays; INITIAL-CONTACT (RFC 2407 section 4.6.3.3) is neither sent nor heeded.</summary>
    Never,

    /// <summary>It stays unless the other side sends INITIAL-CONTACT; it is sent.</summary>
    InitialContact,

    /// <summary>It is replaced by the new one.</summary>
    Replace,

    /// <summary>It is kept and the new one refused.</summary>
    Keep,
}
