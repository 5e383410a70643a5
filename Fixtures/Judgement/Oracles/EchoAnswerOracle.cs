// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the packets that come back inside a tunnel.</summary>
public static class EchoAnswerOracle
{
    /// <summary>An answer is as long as the request that it answers: what was only padding has not become part of it.</summary>
    /// <param name="answers">Protected packets with answers.</param>
    /// <param name="lengthOf">Length of the request by its echo sequence number.</param>
    /// <returns>Null when all are.</returns>
    public static Finding? SameSize(IReadOnlyList<ObservedFrame> answers, Func<ushort, int> lengthOf)
    {
        ArgumentNullException.ThrowIfNull(lengthOf);
        foreach (var answer in answers)
        {
            var wanted = EchoOf(answer) is { } echo ? lengthOf(echo.SequenceNumber) : 0;
            if (InnerPacket.Of(answer) is not { } inner || inner.Length != wanted)
            {
                return new($"an answer of {wanted} octets", $"frame {answer.Number}: {InnerPacket.Of(answer)?.Length ?? 0} octets");
            }
        }

        return answers.Count == 0 ? Finding.Nothing("answers") : null;
    }

    /// <summary>The inner headers of answers are those that the host gave them: its address, the other host's, ICMP, a TTL that nobody has counted down, ECN as wanted.</summary>
    /// <param name="answers">Protected packets with answers.</param>
    /// <param name="hosts">Who answers, and whom.</param>
    /// <param name="timeToLive">The TTL that the host gives.</param>
    /// <returns>Null when all are.</returns>
    public static Finding? InnerHeader(IReadOnlyList<ObservedFrame> answers, (IPAddress Source, IPAddress Destination) hosts, int timeToLive)
    {
        foreach (var answer in answers)
        {
            if (InnerPacket.Of(answer) is not { } packet
                || !Ipv4Header.TryRead(packet.Span, out var header, out _)
                || !header.Source.Equals(hosts.Source)
                || !header.Destination.Equals(hosts.Destination)
                || header.Protocol != IpProtocol.Icmp
                || header.TimeToLive != timeToLive)
            {
                return new($"an inner IP header from {hosts.Source} to {hosts.Destination}, protocol 1, TTL {timeToLive}", $"frame {answer.Number}: {InnerPacket.Text(answer)}");
            }
        }

        return answers.Count == 0 ? Finding.Nothing("answers") : null;
    }

    /// <summary>DSCP and ECN of answers, inside or outside.</summary>
    /// <param name="answers">Protected packets with answers.</param>
    /// <param name="isOuter">Whether the outer header is meant.</param>
    /// <param name="dscp">The DSCP; null for any.</param>
    /// <param name="ecn">The ECN field; null for any.</param>
    /// <returns>Null when all have it.</returns>
    public static Finding? TrafficClass(IReadOnlyList<ObservedFrame> answers, bool isOuter, byte? dscp, byte? ecn)
    {
        foreach (var answer in answers)
        {
            var packet = isOuter ? answer.Bytes[EthernetHeader.Size..] : InnerPacket.Of(answer) ?? default;
            if (!Ipv4Header.TryRead(packet.Span, out var header, out _) || (dscp is not null && header.Dscp != dscp) || (ecn is not null && header.Ecn != ecn))
            {
                var wanted = string.Join(" and ", new[] { dscp is null ? null : $"DSCP {dscp}", ecn is null ? null : $"ECN {EcnText(ecn.Value)}" }.OfType<string>());
                return new($"{wanted} in the {(isOuter ? "outer" : "inner")} header", $"frame {answer.Number}: DSCP {header.Dscp}, ECN {EcnText(header.Ecn)}");
            }
        }

        return answers.Count == 0 ? Finding.Nothing("answers") : null;
    }

    /// <summary>A codepoint's name (RFC 3168 section 5).</summary>
    /// <param name="ecn">The field.</param>
    /// <returns>The name.</returns>
    public static string EcnText(byte ecn) => ecn switch
    {
        0 => "Not-ECT",
        1 => "ECT(1)",
        2 => "ECT(0)",
        _ => "CE",
    };

    private static IcmpEcho? EchoOf(ObservedFrame frame) => frame is ObservedEsp esp ? esp.Echo : (frame as ObservedAh)?.Echo;
}
