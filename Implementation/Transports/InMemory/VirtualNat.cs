// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Transports.Nat;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.InMemory;

/// <summary>A NAT between two in-memory networks: the router of the inside one, a host of the outside one.</summary>
public sealed class VirtualNat
{
    private const int TimeToLiveOffset = 8;
    private const int ChecksumOffset = 10;

    private readonly VirtualEventLoop _loop;
    private readonly VirtualNetwork _inside;
    private readonly VirtualNetwork _outside;
    private readonly Side _fromOutside;

    /// <summary>Puts a NAT between two networks.</summary>
    /// <param name="loop">Its clock.</param>
    /// <param name="inside">The network of the hosts that it hides.</param>
    /// <param name="outside">The network on which it has its address.</param>
    /// <param name="box">The translation.</param>
    public VirtualNat(VirtualEventLoop loop, VirtualNetwork inside, VirtualNetwork outside, NatBox box)
    {
        _loop = loop;
        _inside = inside;
        _outside = outside;
        Box = box;
        _fromOutside = new Side(this, NatDirection.Inbound, inside);
        inside.Router = new Side(this, NatDirection.Outbound, outside);
        outside.Attach(box.Policy.Outside, _fromOutside);
    }

    /// <summary>The translation.</summary>
    public NatBox Box { get; }

    /// <summary>Gives the NAT another outside address: its inside hosts seem to move there, under the ports that they have.</summary>
    /// <param name="address">An address of the outside network that nobody has.</param>
    public void Move(IPAddress address)
    {
        _outside.Attach(address, _fromOutside);
        _outside.Detach(Box.Policy.Outside);
        Box.Policy = Box.Policy with { Outside = address };
    }

    /// <summary>Takes the NAT away; nothing leaves the inside network any more.</summary>
    public void Detach()
    {
        _inside.Router = null;
        _outside.Detach(Box.Policy.Outside);
    }

    // A router takes one from the time to live and drops what has none left (RFC 1812 section 5.3.1).
    private static bool TryAge(Span<byte> packet)
    {
        if (packet[TimeToLiveOffset] <= 1)
        {
            return false;
        }

        packet[TimeToLiveOffset]--;
        var header = packet[..((packet[0] & 0x0F) * sizeof(uint))];
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], InternetChecksum.Compute(header));
        return true;
    }

    private sealed class Side(VirtualNat nat, NatDirection direction, VirtualNetwork onto) : IVirtualNode
    {
        public void Receive(ReadOnlyMemory<byte> packet)
        {
            if (nat.Box.Translate(direction, packet.Span, nat._loop.Clock.GetUtcNow(), out var translated) == NatVerdict.Translated
                && TryAge(translated))
            {
                onto.InjectPacket(translated);
            }
        }
    }
}
