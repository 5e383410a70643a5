// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults;

/// <summary>Where a misbehaviour takes hold.</summary>
public enum FaultSeam
{
    /// <summary>The way of whole datagrams: lost or duplicated.</summary>
    Flow,
}
