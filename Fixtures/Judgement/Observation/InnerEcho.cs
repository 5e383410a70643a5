// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Finds the ICMP echo that an ESP or AH packet carries.</summary>
internal static class InnerEcho
{
    /// <summary>The echo, in a tunnelled IPv4 packet or, in transport mode, bare.</summary>
    /// <param name="nextHeader">What the packet says that it carries.</param>
    /// <param name="payload">What it carries.</param>
    /// <returns>Null when there is none.</returns>
    public static IcmpEcho? Find(IpProtocol nextHeader, ReadOnlySpan<byte> payload)
    {
        if (nextHeader == IpProtocol.Icmp)
        {
            return Read(payload);
        }

        return nextHeader == IpProtocol.Ipip && Ipv4Header.TryRead(payload, out var inner, out _) && inner.Protocol == IpProtocol.Icmp
            ? Read(payload[inner.HeaderLength..inner.TotalLength])
            : null;
    }

    private static IcmpEcho? Read(ReadOnlySpan<byte> message) => IcmpEcho.TryRead(message, out var echo, out _) ? echo : null;
}
