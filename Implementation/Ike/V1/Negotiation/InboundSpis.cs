// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>The SPIs that this side chose, one for each protocol (RFC 2408 section 3.5).</summary>
internal readonly record struct InboundSpis(uint Ah, uint Esp)
{
    public uint this[IpsecProtocol protocol] => protocol == IpsecProtocol.Ah ? Ah : Esp;

    public bool Contains(uint spi) => spi == Ah || spi == Esp;
}
