// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Gateway;

/// <summary>The protected side of a gateway: the hosts behind it.</summary>
public interface IInnerNetwork
{
    /// <summary>Takes a packet that came out of a tunnel.</summary>
    /// <param name="packet">The inner packet; lent for the duration of the call.</param>
    /// <param name="reply">Sends a packet back into the gateway.</param>
    void Deliver(ReadOnlySpan<byte> packet, Action<ReadOnlyMemory<byte>> reply);
}
