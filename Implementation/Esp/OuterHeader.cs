// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>The outer header of tunnel mode (RFC 4301 sections 5.1.2.1 and 5.1.2.2), of either version for inner packets of either.</summary>
internal static class OuterHeader
{
    public static int SizeFor(SaParameters parameters) =>
        parameters.SourceNumber.Version == IpVersion.V4 ? Ipv4Header.MinSize : Ipv6Header.Size;

    /// <summary>The most that may follow the header.</summary>
    public static int MaxPayloadFor(SaParameters parameters) =>
        EspGeometry.MaxPacketLength - (parameters.SourceNumber.Version == IpVersion.V4 ? Ipv4Header.MinSize : 0);

    /// <summary>The next header value by which an inner packet is announced (RFC 4303 section 2.6).</summary>
    public static IpProtocol ProtocolOf(IpVersion inner) => inner == IpVersion.V4 ? IpProtocol.Ipip : IpProtocol.Ipv6;

    /// <summary>Writes the header before a payload of known length.</summary>
    public static void Write(
        SaParameters parameters,
        TunnelOptions options,
        in IpPacketHead inner,
        IpProtocol protocol,
        int payloadLength,
        ushort identification,
        Span<byte> destination)
    {
        var ecn = options.Ecn == EcnMode.Normal ? inner.Ecn : (byte)0;
        var dscp = options.Dscp ?? inner.Dscp;
        if (parameters.SourceNumber.Version == IpVersion.V6)
        {
            var outer = Ipv6Header.For(parameters.SourceNumber, parameters.DestinationNumber, protocol, payloadLength, options.HopLimit);
            (outer with { Dscp = dscp, Ecn = ecn, FlowLabel = options.CopyFlowLabel ? inner.FlowLabel : 0 }).Write(destination);
            return;
        }

        var header = Ipv4Header.For(
            (uint)parameters.SourceNumber.Value, (uint)parameters.DestinationNumber.Value, protocol, payloadLength, options.HopLimit, identification);
        (header with
        {
            Dscp = dscp,
            Ecn = ecn,
            DontFragment = options.DontFragment switch
            {
                DontFragmentPolicy.Clear => false,
                DontFragmentPolicy.Set => true,
                _ => inner.DontFragment,
            },
        }).Write(destination);
    }
}
