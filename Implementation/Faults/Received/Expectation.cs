// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults.Received;

/// <summary>What a receiver is to make of a message.</summary>
public enum Expectation
{
    /// <summary>It does not go on with the exchange: silence, or a notification of the error.</summary>
    Stops,

    /// <summary>It goes on with the exchange: what is unusual about the message is legal.</summary>
    GoesOn,

    /// <summary>The RFCs leave it open; whatever it does, it stays able to talk to an honest peer.</summary>
    Survives,
}
