// SPDX-License-Identifier: Apache-2.0

using System.Net;
using CsCheck;
using Ipsec.Crypto;
using Ipsec.Transports.Nat;
using Ipsec.Wire.Ip;
using static Ipsec.Gateway.Tests.Nat.NatPackets;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>What holds for every NAT and every packet.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NatPropertyTests
{
    private static readonly IPAddress Outside = IPAddress.Parse("198.51.100.77");
    private static readonly DateTimeOffset Now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<NatPolicy> Kinds = Gen.Select(
        Gen.Enum<NatMappingBehavior>(), Gen.Enum<NatFilteringBehavior>(), Gen.Enum<NatPortAssignment>(), Gen.Int[1, 65000], Gen.Bool).Select(
        (mapping, filtering, ports, first, isStatic) => new NatPolicy
        {
            Outside = Outside,
            Mapping = mapping,
            Filtering = filtering,
            Ports = ports,
            FirstPort = first,
            Forwards = isStatic ? [new(IPAddress.Parse("198.18.0.1"))] : [],
        });

    private static readonly Gen<(IPEndPoint Inside, IPEndPoint Remote)> Flows = Gen.Select(
        Gen.Byte[1, 4], Gen.Int[1, 65535], Gen.Byte[1, 3], Gen.Int[1, 65535]).Select(
        (inside, insidePort, remote, remotePort) =>
            (new IPEndPoint(new IPAddress([198, 18, 0, inside]), insidePort), new IPEndPoint(new IPAddress([198, 51, 100, remote]), remotePort)));

    /// <summary>Whatever went before, an answer reaches the host that asked, with right checksums and the payload as it was.</summary>
    [Test]
    public void AnAnswerAlwaysFindsWhoeverAsked() =>
        Gen.Select(Kinds, Flows.Array[1, 30], Gen.Byte.Array[0, 50], Gen.Bool).Sample((policy, flows, payload, withChecksum) =>
        {
            var box = new NatBox(policy, new SeededRandomSource(1));
            foreach (var (inside, remote) in flows)
            {
                box.Translate(NatDirection.Outbound, Udp(inside, remote, payload, withChecksum), Now, out var sent).Should().Be(NatVerdict.Translated);
                var outside = IPEndPoint.Parse(Ends(sent).Source);
                outside.Address.Should().Be(Outside);
                Ends(sent).Destination.Should().Be($"{remote}");
                sent[28..].Should().Equal(payload);

                box.Translate(NatDirection.Inbound, Udp(remote, outside, payload, withChecksum), Now, out var answer).Should().Be(NatVerdict.Translated);
                Ends(answer).Should().Be(($"{remote}", $"{inside}"));
                answer[28..].Should().Equal(payload);
            }
        });

    [Test]
    public void NoTwoInsideHostsShareAnOutsidePort() =>
        Gen.Select(Kinds, Flows.Array[1, 60]).Sample((policy, flows) =>
        {
            var box = new NatBox(policy with { Forwards = [] }, new SeededRandomSource(1));
            foreach (var (inside, remote) in flows)
            {
                box.Translate(NatDirection.Outbound, Udp(inside, remote, []), Now, out _);
            }

            box.Mappings.Select(mapping => mapping.OutsidePort).Should().OnlyHaveUniqueItems().And.OnlyContain(port => port > 0 && port <= 65535);
        });

    [Test]
    public void NoPacketBreaksIt() =>
        Gen.Select(Kinds, Gen.Byte.Array[0, 100], Gen.OneOf<int>(1, 6, 17, 50, 51, 99), Gen.Bool, Gen.Bool).Sample((policy, bytes, protocol, isIp, isOut) =>
        {
            var box = new NatBox(policy, new SeededRandomSource(1));
            var packet = isIp ? Ip(IPAddress.Parse("198.18.0.1"), Outside, (IpProtocol)(byte)protocol, bytes) : bytes;
            var copy = packet.ToArray();
            var verdict = box.Translate(isOut ? NatDirection.Outbound : NatDirection.Inbound, packet, Now, out var translated);
            packet.Should().Equal(copy, "the packet given is not changed");
            (translated.Length > 0).Should().Be(verdict == NatVerdict.Translated);
        });
}
