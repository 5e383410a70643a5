// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.InMemory;

/// <summary>Something on an in-memory network that takes packets: a host or a router.</summary>
public interface IVirtualNode
{
    /// <summary>A packet arrived.</summary>
    /// <param name="packet">The packet, header included; the receiver may keep it.</param>
    void Receive(ReadOnlyMemory<byte> packet);
}
