// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the ports on which IKE and UDP-encapsulated ESP are spoken (RFC 3947 section 4, RFC 3948 section 2).</summary>
public static class PortOracle
{
    private const int IkePort = 500;
    private const int NatTraversalPort = 4500;

    /// <summary>The initiator moves from port 500 to port 4500 with a message of phase 1; the move is for good.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <param name="initiator">Who started phase 1.</param>
    /// <param name="number">Number of the message.</param>
    /// <param name="isTranslated">Whether a NAT gives the initiator other ports on the way, so that only those of the responder tell.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? MovesWith(IReadOnlyList<ObservedIke> messages, string initiator, int number, bool isTranslated)
    {
        foreach (var message in messages)
        {
            var port = message.Header.MessageId == 0 && message.Ordinal < number ? IkePort : NatTraversalPort;
            var (initiators, responders) = message.From == initiator ? (message.Udp.SourcePort, message.Udp.DestinationPort) : (message.Udp.DestinationPort, message.Udp.SourcePort);
            if (responders != port || (!isTranslated && initiators != port))
            {
                return new($"port {port} on both sides, because {initiator} moves to port {NatTraversalPort} with message {number}", Text(message));
            }
        }

        return messages.Any(message => message.From == initiator && message.Header.MessageId == 0 && message.Ordinal == number)
            ? null
            : Finding.Nothing($"message {number} from {initiator}");
    }

    /// <summary>Every IKE message is on a port.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <param name="port">The port.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? StaysOn(IReadOnlyList<ObservedIke> messages, int port) =>
        messages.FirstOrDefault(message => message.Udp.SourcePort != port || message.Udp.DestinationPort != port) is { } other ? new($"port {port} on both sides", Text(other))
        : messages.Count == 0 ? Finding.Nothing("IKE messages")
        : null;

    /// <summary>Four zero octets stand before an IKE message on port 4500, and on no other port.</summary>
    /// <param name="messages">IKE messages.</param>
    /// <returns>Null when it holds, of some message on port 4500 at least.</returns>
    public static Finding? Marked(IReadOnlyList<ObservedIke> messages)
    {
        var wrong = messages.FirstOrDefault(message => message.HasNonEspMarker != IsOn(message, NatTraversalPort));
        return wrong is not null ? new("a non-ESP marker on port 4500, and nowhere else", $"{Text(wrong)}, {(wrong.HasNonEspMarker ? "marked" : "not marked")}")
            : messages.Any(message => IsOn(message, NatTraversalPort)) ? null
            : Finding.Nothing("IKE messages on port 4500");
    }

    /// <summary>The responder sends each message to the port from which the initiator's last one came, and from the port to which that went.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <param name="responder">Who answers.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? AnswersReturn(IReadOnlyList<ObservedIke> messages, string responder)
    {
        ObservedIke? last = null;
        var judged = 0;
        foreach (var message in messages)
        {
            if (message.From != responder)
            {
                last = message;
                continue;
            }

            judged++;
            if (last is not null && (message.Udp.DestinationPort, message.Udp.SourcePort) != (last.Udp.SourcePort, last.Udp.DestinationPort))
            {
                return new($"port {last.Udp.DestinationPort} to port {last.Udp.SourcePort}, because frame {last.Number} went the other way", Text(message));
            }
        }

        return judged == 0 || last is null ? Finding.Nothing($"answers from {responder}") : null;
    }

    /// <summary>ESP stands in UDP, between the ports that IKE has on the same way.</summary>
    /// <param name="frames">The ESP packets.</param>
    /// <param name="ike">The IKE messages before them.</param>
    /// <returns>Null when it holds of packets from both sides.</returns>
    public static Finding? EspBesideIke(IReadOnlyList<ObservedEsp> frames, IReadOnlyList<ObservedIke> ike)
    {
        foreach (var side in new[] { "west", "east" })
        {
            var sent = frames.Where(frame => frame.From == side).ToArray();
            if (sent.Length == 0 || ike.LastOrDefault(message => message.From == side) is not { } beside)
            {
                return Finding.Nothing($"ESP from {side} beside IKE");
            }

            var wrong = sent.FirstOrDefault(frame =>
                frame.Udp is not { } udp || (udp.SourcePort, udp.DestinationPort) != (beside.Udp.SourcePort, beside.Udp.DestinationPort) || frame.Header.Spi == 0);
            if (wrong is not null)
            {
                return new(
                    $"ESP in UDP from port {beside.Udp.SourcePort} to port {beside.Udp.DestinationPort}, its SPI not zero",
                    $"frame {wrong.Number}: {(wrong.Udp is { } udp ? $"port {udp.SourcePort} to port {udp.DestinationPort}, SPI {wrong.Header.Spi:x8}" : "ESP without UDP")}");
            }
        }

        return null;
    }

    /// <summary>The UDP checksum of encapsulated ESP over IPv4 is sent as zero (RFC 3948 section 2.1).</summary>
    /// <param name="frames">ESP packets of one side.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? NoChecksum(IReadOnlyList<ObservedEsp> frames) =>
        frames.FirstOrDefault(frame => frame.Udp is not { Checksum: 0 }) is { } wrong ? new("UDP checksum zero", $"frame {wrong.Number}: {wrong.Udp?.Checksum:x4}")
        : frames.Count == 0 ? Finding.Nothing("ESP packets")
        : null;

    private static bool IsOn(ObservedIke message, int port) => message.Udp.SourcePort == port || message.Udp.DestinationPort == port;

    private static string Text(ObservedIke message) =>
        $"frame {message.Number}, message {message.Ordinal} of {message.ExchangeName} from {message.From}: port {message.Udp.SourcePort} to port {message.Udp.DestinationPort}";
}
