// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>How a protected frame carries an ICMP echo (RFC 4301 section 3.2).</summary>
internal static class EchoCarriage
{
    /// <summary>Whether it is carried as the mode demands.</summary>
    /// <param name="mode">Tunnel or transport.</param>
    /// <param name="nextHeader">What the frame says that it carries.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="outer">The IP header before ESP or AH.</param>
    /// <param name="hosts">The two hosts, in any order.</param>
    public static bool Fits(SaMode mode, IpProtocol nextHeader, ReadOnlySpan<byte> payload, in Ipv4Header outer, (IPAddress A, IPAddress B) hosts) => mode == SaMode.Transport
        ? nextHeader == IpProtocol.Icmp && Runs(outer, hosts)
        : nextHeader == IpProtocol.Ipip && Ipv4Header.TryRead(payload, out var inner, out _) && Runs(inner, hosts);

    /// <summary>What is legal, for a person.</summary>
    public static string Legal(SaMode mode, (IPAddress A, IPAddress B) hosts, string protocol) => mode == SaMode.Transport
        ? $"an ICMP echo from {hosts.A} to {hosts.B} or back, {protocol} between its IP header and ICMP, next header 1"
        : $"an ICMP echo between {hosts.A} and {hosts.B} in {protocol}, next header 4";

    private static bool Runs(in Ipv4Header packet, (IPAddress A, IPAddress B) hosts) =>
        (packet.Source.Equals(hosts.A) && packet.Destination.Equals(hosts.B)) || (packet.Source.Equals(hosts.B) && packet.Destination.Equals(hosts.A));
}
