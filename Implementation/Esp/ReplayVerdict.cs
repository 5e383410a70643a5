// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>What the replay window says of a sequence number (RFC 4303 section 3.4.3).</summary>
public enum ReplayVerdict
{
    /// <summary>Not seen before: right of the window, or in it and not marked.</summary>
    Fresh,

    /// <summary>In the window and marked.</summary>
    Replayed,

    /// <summary>Left of the window.</summary>
    TooOld,

    /// <summary>Number 0, which is never sent (RFC 4303 section 2.2).</summary>
    Zero,
}
