// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults;

/// <summary>What happens to a selected datagram.</summary>
public enum FlowOperation
{
    /// <summary>It is lost.</summary>
    Drop,

    /// <summary>It arrives twice, one copy right behind the other.</summary>
    Duplicate,

    /// <summary>It arrives behind the next datagram of the same sender.</summary>
    HoldBack,
}
