// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults;

/// <summary>Where a misbehaviour takes hold.</summary>
public enum FaultSeam
{
    /// <summary>What is offered, accepted or claimed: whatever is computed from it is computed right.</summary>
    Policy,

    /// <summary>The payloads of a message before encoding: a HASH that protects them covers the misbehaviour.</summary>
    Message,

    /// <summary>The encoded payloads before encryption, the protecting HASH among them.</summary>
    PlainBytes,

    /// <summary>The datagram as it leaves, header included.</summary>
    ProtectedBytes,

    /// <summary>The way of whole datagrams: lost or duplicated.</summary>
    Flow,
}
