// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Text;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.StrongSwan;
using Ipsec.Gateway;
using Ipsec.Ike.Effects;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>The container that the tests share, and what they do with it again and again.</summary>
internal static class RealPeer
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static ulong s_seed;

    /// <summary>Whether the user asked for tests with this peer.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable(RunOptions.DriverTestsVariable) == StrongSwanDriver.PeerName;

    /// <summary>Brings the container up.</summary>
    public static async Task<IPeer> StartAsync()
    {
        var watch = Stopwatch.StartNew();
        var start = await new StrongSwanDriver().StartAsync(new PeerStartRequest(MayInstall: true, TestContext.Progress.WriteLine, CancellationToken.None));
        TestContext.Progress.WriteLine($"strongswan up after {watch.ElapsedMilliseconds} ms: {start}");
        return start.Should().BeOfType<PeerStart.Ready>().Which.Peer;
    }

    /// <summary>Opens a bed with both sides configured.</summary>
    public static async Task<TestBed> OpenAsync(IPeer peer, Func<PeerPolicy, PeerPolicy>? west = null, Func<PeerPolicy, PeerPolicy>? east = null)
    {
        var bed = await peer.OpenBedAsync(new(Interlocked.Increment(ref s_seed)), CancellationToken.None);
        var policy = Policies.West(bed.Addresses);
        policy = west?.Invoke(policy) ?? policy;
        bed.ConfigureWest(policy);
        var mirror = Policies.Mirror(policy);
        await bed.East.ConfigureAsync(east?.Invoke(mirror) ?? mirror);
        return bed;
    }

    /// <summary>Waits for a tunnel, and compares what both sides say of it.</summary>
    public static async Task DemandTunnelAsync(TestBed bed)
    {
        bed.WaitUntil(() => bed.WestWitness.Saw<InstallChildSa>().Any(), Soon).Should().BeTrue(await StoryAsync(bed));
        var sas = await bed.East.WaitForSasAsync(list => list.ChildSas.Length == 1, Soon);
        var pair = bed.WestWitness.Saw<InstallChildSa>().Single().Pair;
        sas.ChildSas.Should().ContainSingle().Which.Should().Match<PeerChildSa>(child =>
            child.Child == Policies.Child && child.InboundSpi == pair.OutboundSpi && child.OutboundSpi == pair.InboundSpi);
        var ike = bed.WestWitness.Saw<IkeSaEstablished>().Single().Sa;
        var listed = sas.IkeSas.Should().ContainSingle().Which;
        (listed.InitiatorCookie, listed.ResponderCookie, listed.IsInitiator, listed.IsEstablished).Should().Be(
            (ike.InitiatorCookie, ike.ResponderCookie, !ike.IsInitiator, true));
    }

    /// <summary>Sends an echo request from a host behind west and waits for the answer.</summary>
    public static async Task DemandEchoAsync(TestBed bed)
    {
        var (source, destination) = (Ipv4Header.ToNumber(bed.Addresses.WestHost(0)), Ipv4Header.ToNumber(bed.Addresses.EastHost(0)));
        bed.Loop.Invoke(() => bed.West.SendInner(EchoNetwork.Request(source, destination, 7, 1, "conformance"u8))).Should().BeTrue();
        bed.WaitUntil(() => Echoes(bed, isReply: true) == 1, Soon).Should().BeTrue(await StoryAsync(bed));
    }

    /// <summary>How many ICMP echo messages reached the hosts behind west.</summary>
    public static int Echoes(TestBed bed, bool isReply) => bed.WestWitness.Delivered.Count(packet =>
        Ipv4Header.TryRead(packet.Span, out var header, out _)
        && IcmpEcho.TryRead(packet.Span[header.HeaderLength..header.TotalLength], out var echo, out _)
        && echo.IsReply == isReply);

    /// <summary>What west saw and what the peer wrote, for a message that explains itself.</summary>
    public static async Task<string> StoryAsync(TestBed bed)
    {
        var story = new StringBuilder();
        foreach (var effect in bed.WestWitness.Effects)
        {
            story.Append(effect is MessageTraced traced ? $"{(traced.IsSent ? "west" : "east")}: {traced.Message}" : effect.ToString()).Append('\n');
        }

        foreach (var frame in bed.Wire.Frames)
        {
            story.Append(FormattableString.Invariant($"{frame.Time:HH:mm:ss.ffffff} {Convert.ToHexString(frame.Bytes.Span[26..34])} {frame.Bytes.Length} octets\n"));
        }

        return story.Append(await bed.East.ReadLogAsync()).ToString().Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
    }
}
