// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Daemon.Configuration;

/// <summary>When the SA pair of a child is negotiated by this side.</summary>
public enum StartMode
{
    /// <summary>Never: the peer has to.</summary>
    None,

    /// <summary>When the first packet needs it.</summary>
    Trap,

    /// <summary>At once, and again whenever it is gone.</summary>
    Initiate,
}
