// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Sa;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Ip;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What happens on the way to packets that west has protected honestly.</summary>
[Binding]
public sealed class TamperingSteps(Scene scene, Probes probes, Claims claims)
{
    private const int TrafficClassAt = 1;
    private const int IdentificationAt = 4;
    private const int FlagsAt = 6;
    private const int TimeToLiveAt = 8;
    private const int ProtocolAt = 9;
    private const int SourceAt = 12;
    private const int ProtectionAt = Ipv4Header.MinSize;

    [When("west sends an echo request whose (.*) is changed on the way")]
    public void WhenChanged(string part) => scene.Inject(Change(scene.Protect(probes.Request($"with another {part}")), part));

    [When("west sends an echo request whose packet loses its last (\\d+) octets? on the way")]
    public void WhenCut(int octets) => scene.Inject(Resize(scene.Protect(probes.Request($"without {octets} octets")), packet => packet[..^octets]));

    [When("west sends an echo request whose packet is cut down to its first (\\d+) octets behind the IP header on the way")]
    public void WhenCutDown(int octets) => scene.Inject(Resize(scene.Protect(probes.Request($"of {octets} octets")), packet => packet[..(ProtectionAt + octets)]));

    [When("west sends an echo request whose packet gains (\\d+) octets? on the way")]
    public void WhenGrown(int octets) => scene.Inject(Resize(scene.Protect(probes.Request($"with {octets} octets more")), packet => [.. packet, .. new byte[octets]]));

    [When("west sends an echo request whose packet is that of another (.*)")]
    public void WhenSwapped(string part)
    {
        var (first, second) = (scene.Protect(probes.Request("the one")), scene.Protect(probes.Request("the other")));
        var (start, length) = Region(first, part);
        second.AsSpan(start, length).CopyTo(first.AsSpan(start));
        scene.Inject(first);
    }

    [When("west sends an echo request in the ESP of the bundle alone")]
    public void WhenStripped()
    {
        var packet = scene.Protect(probes.Request("in ESP alone"));
        var esp = ProtectionAt + AhHeader.FixedSize + scene.WestOutbound.IcvSize;
        packet[ProtocolAt] = (byte)IpProtocol.Esp;
        scene.Inject(Resize(packet, whole => [.. whole[..ProtectionAt], .. whole[esp..]]));
    }

    [Then("east's audit log has one event, (.*), with both addresses")]
    public async Task ThenAudited(string reason)
    {
        var log = await scene.Bed.East.ReadAuditAsync();
        var ends = $"{scene.Bed.Addresses.West} -> {scene.Bed.Addresses.East}";
        claims.Hold(
            log is [var only] && only.StartsWith($"{reason}:", StringComparison.Ordinal) && only.EndsWith(ends, StringComparison.Ordinal),
            $"one event {reason} from {ends}",
            () => log.IsEmpty ? "no event" : string.Join("; ", log));
    }

    private byte[] Change(byte[] packet, string part)
    {
        switch (part)
        {
            case "DSCP":
                packet[TrafficClassAt] ^= 0xb8;
                break;
            case "identification":
                packet[IdentificationAt] ^= 0x10;
                break;
            case "DF flag":
                packet[FlagsAt] ^= 0x40;
                break;
            case "TTL":
                packet[TimeToLiveAt] -= 3;
                break;
            case "source address":
                scene.Bed.Addresses.WestHost(BedAddresses.Children - 1).TryWriteBytes(packet.AsSpan(SourceAt), out _);
                break;
            default:
                var (start, length) = Region(packet, part);
                packet[part.StartsWith("last", StringComparison.Ordinal) ? start + length - 1 : start] ^= 0x04;
                return packet;
        }

        IpPacketHead.WriteIpv4Checksum(packet);
        return packet;
    }

    private (int Start, int Length) Region(byte[] packet, string part)
    {
        var name = part.Replace("first octet of the ", "", StringComparison.Ordinal).Replace("last octet of the ", "", StringComparison.Ordinal);
        var icv = scene.WestOutbound.IcvSize;
        if (scene.WestOutbound is AhSaParameters)
        {
            var payload = ProtectionAt + AhHeader.FixedSize + icv;
            return name switch
            {
                "next header" => (ProtectionAt, 1),
                "payload length" => (ProtectionAt + 1, 1),
                "reserved field" => (ProtectionAt + 2, 2),
                "SPI" => (ProtectionAt + 4, 4),
                "sequence number" => (ProtectionAt + 11, 1),
                "ICV" => (ProtectionAt + AhHeader.FixedSize, icv),
                "payload" => (payload, packet.Length - payload),
                _ => throw Unknown(part),
            };
        }

        var iv = ((EspSaParameters)scene.WestOutbound).ExplicitIvSize;
        var text = ProtectionAt + EspHeader.Size + iv;
        return name switch
        {
            "SPI" => (ProtectionAt, 4),
            "sequence number" => (ProtectionAt + 7, 1),
            "IV" => (ProtectionAt + EspHeader.Size, iv),
            "ciphertext" => (text, packet.Length - icv - text),
            "ICV" => (packet.Length - icv, icv),
            _ => throw Unknown(part),
        };
    }

    private static ArgumentException Unknown(string part) => new($"\"{part}\" is no part of such a packet", nameof(part));

    private static byte[] Resize(byte[] packet, Func<byte[], byte[]> change)
    {
        var changed = change(packet);
        IpPacketHead.WriteLength(changed);
        return changed;
    }
}
