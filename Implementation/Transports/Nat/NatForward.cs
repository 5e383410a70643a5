// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Transports.Nat;

/// <summary>
/// A mapping that always exists: anybody outside can begin. Without ports it is a static one-to-one translation of the
/// address, ESP and ICMP included.
/// </summary>
/// <param name="Inside">The inside host.</param>
/// <param name="InsidePort">Its port; null for every port.</param>
/// <param name="OutsidePort">The port on the outside; null for the same as inside.</param>
public sealed record NatForward(IPAddress Inside, int? InsidePort = null, int? OutsidePort = null)
{
    /// <summary>Whether every port and every protocol is forwarded.</summary>
    public bool IsOneToOne => InsidePort is null && OutsidePort is null;

    internal int? FirstOutsidePort => OutsidePort ?? InsidePort;
}
