// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>Takes packets that are ready to go.</summary>
public interface IPacketSink
{
    /// <summary>Takes a packet.</summary>
    /// <param name="packet">It; valid until the method returns.</param>
    void Send(ReadOnlySpan<byte> packet);
}
