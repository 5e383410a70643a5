// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What the negotiated SAs do: both sides' lists, and the frames of ESP and AH.</summary>
[Binding]
public sealed class ProtectionSteps(Scene scene, Claims claims)
{
    private (IPAddress, IPAddress) Hosts => (scene.HostOf(Side.West), scene.HostOf(Side.East));

    [Then("east's own list has the IKE SA with (.*), (.*) and (.*)")]
    public async Task ThenIkeSa(string encryption, string hash, string group)
    {
        var wanted = SidePolicy.Suite(encryption, hash, group);
        var east = await scene.WaitForEastAsync(sas => sas.IkeSas.Any(sa => sa.IsEstablished));
        claims.Hold(
            east.IkeSas.Any(sa => sa.IsEstablished && sa.Encryption == wanted.Encryption && sa.Hash == wanted.Hash && sa.Group == wanted.Group),
            $"an established IKE SA with {wanted}",
            () => string.Join("; ", east.IkeSas.Select(sa => $"{sa.Encryption} / {sa.Hash} / {sa.Group}").DefaultIfEmpty("no IKE SA")));
    }

    [Then("both sides hold SAs of (.*) in (tunnel|transport) mode with matching SPIs")]
    public async Task ThenSas(string suite, SaMode mode)
    {
        var wanted = SidePolicy.IpsecSuite(suite);
        var count = wanted.Protocols.Length;
        var (held, east) = await scene.WaitForBothAsync(() => scene.Bed.West.ChildSas.Count == count, sas => sas.ChildSas.Length == count);
        var west = scene.WestChildSas;
        claims.Hold(held && west.Select(Line).Order().SequenceEqual(Lines(wanted, mode)), string.Join("; ", Lines(wanted, mode)), () => Text(west.Select(Line)));
        var mirrored = west.Select(pair => $"{pair.OutboundSpi:x8} {pair.InboundSpi:x8} {Line(pair)}").Order().ToArray();
        claims.Hold(east.Shows(sas => sas.ChildSas.Select(Spis).Order().SequenceEqual(mirrored)), Text(mirrored), () => Text(east.ChildSas.Select(Spis)));
    }

    [Then("every ESP frame carries the ICMP echo that was sent in transport mode")]
    public void ThenTransport() => claims.Hold(EspOracle.CarryEchoInTransportMode(Esp(), Hosts));

    [Then("every ESP frame shows what it carries")]
    public void ThenReadable() => claims.Hold(EspOracle.InClear(Esp()));

    [Then("the frames on the wire are AH between the gateways only")]
    public void ThenOnlyAh() => claims.Hold(AhOracle.OnlyAhBetweenGateways([.. scene.Frames.Where(frame => frame.Number > scene.TrafficStartsAt)]));

    [Then("every AH header from east has its true length, reserved 0 and the right ICV")]
    public void ThenHeaders() => claims.Hold(AhOracle.Header([.. Ah().Where(frame => frame.From == "east")]));

    [Then("every AH frame carries the ICMP echo that was sent in (tunnel|transport) mode")]
    public void ThenEchoes(SaMode mode) => claims.Hold(AhOracle.CarryEchoBetween(Ah(), mode, Hosts));

    [Then("the AH frames from east are numbered (.*)")]
    public void ThenNumbered(string numbers) =>
        claims.Hold(AhOracle.SequenceNumbers(Ah().Where(frame => frame.From == "east"), [.. numbers.Split(", ").Select(number => uint.Parse(number, null))]));

    private static IEnumerable<string> Lines(Phase2Suite suite, SaMode mode) => suite.Protocols
        .Select(protocol => protocol == IpsecProtocol.Ah
            ? Line(IpProtocol.Ah, mode, null, suite.AhIntegrity?.Name, suite.UseEsn)
            : Line(IpProtocol.Esp, mode, suite.Encryption?.Name, suite.Integrity?.Name, suite.UseEsn))
        .Order();

    private static string Line(ChildSaPair pair) => Line(
        pair.Protocol == IpsecProtocol.Ah ? IpProtocol.Ah : IpProtocol.Esp,
        pair.Mode == EncapsulationMode.Tunnel ? SaMode.Tunnel : SaMode.Transport,
        pair.Encryption?.Name,
        pair.Integrity?.Name,
        pair.UseEsn);

    private static string Spis(PeerChildSa pair) =>
        $"{pair.InboundSpi:x8} {pair.OutboundSpi:x8} {Line(pair.Protocol, pair.Mode, pair.Encryption?.Name, pair.Integrity?.Name, pair.HasExtendedSequenceNumbers)}";

    private static string Line(IpProtocol protocol, SaMode mode, string? encryption, string? integrity, bool hasEsn) =>
        $"{protocol} in {mode} mode, {string.Join(" and ", new[] { encryption, integrity }.OfType<string>())}{(hasEsn ? " with ESN" : "")}";

    private static string Text(IEnumerable<string> lines) => string.Join("; ", lines.DefaultIfEmpty("no SA"));

    private List<ObservedEsp> Esp() => [.. scene.EspFrames.Where(frame => frame.Number > scene.TrafficStartsAt)];

    private List<ObservedAh> Ah() => [.. scene.AhFrames.Where(frame => frame.Number > scene.TrafficStartsAt)];
}
