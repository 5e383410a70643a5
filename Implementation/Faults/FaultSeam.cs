// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults;

/// <summary>Where a misbehaviour takes hold.</summary>
public enum FaultSeam
{
    /// <summary>What is offered or accepted.</summary>
    Policy,

    /// <summary>The payloads of a message before encoding.</summary>
    Message,

    /// <summary>The encoded payloads before protection.</summary>
    PlainBytes,

    /// <summary>The datagram or packet after protection.</summary>
    ProtectedBytes,

    /// <summary>The way of whole datagrams: dropped, duplicated, reordered.</summary>
    Flow,
}
