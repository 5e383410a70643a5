// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Gateway;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Ip;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about what the SAs do can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProtectionLies
{
    private const int AhAt = Ipv4Header.MinSize;
    private const string Quick = "When west starts quick mode";
    private const string Ah = "Given phase 2 uses AH HMAC-SHA2-256-128";
    private const string Ping = "When a host behind west pings a host behind east 2 times";
    private const string Sas = "Then both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs";

    private static IEnumerable<TestCaseData> Listings =>
    [
        Listing("another cipher", pair => pair with { Encryption = Crypto.EncryptionAlgorithm.Named("AES-GCM-16-256") }, Sas, "AES-GCM-16-256"),
        Listing("an integrity algorithm beside", pair => pair with { Integrity = Crypto.IntegrityAlgorithm.Named("HMAC-SHA1-96") }, Sas, "AES-GCM-16-128 and HMAC-SHA1-96"),
        Listing("another mode", pair => pair with { Mode = Ipsec.Sa.SaMode.Transport }, Sas, "Transport mode"),
        Listing("AH", pair => pair with { Protocol = IpProtocol.Ah }, Sas, "Ah in Tunnel mode"),
        Listing("64-bit sequence numbers", pair => pair with { HasExtendedSequenceNumbers = true }, Sas, "with ESN"),
        Listing("SPIs the wrong way round", pair => pair with { InboundSpi = pair.OutboundSpi, OutboundSpi = pair.InboundSpi }, Sas, "Esp in Tunnel mode"),
    ];

    [TestCaseSource(nameof(Listings))]
    public async Task AListOfOtherSas(Func<PeerChildSa, PeerChildSa> change, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { ChildSas = [.. sas.ChildSas.Select(change)] } });
        await play.StepAsync(Quick);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task SasThatWestDoesNotHave()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync(Quick);
        (await play.FailingStepAsync("Then both sides hold SAs of AES-GCM-16-256 in tunnel mode with matching SPIs")).Came.Should().Be("Esp in Tunnel mode, AES-GCM-16-128");
    }

    [TestCase("AES-CBC-192, HMAC-SHA2-256 and ECP-256")]
    [TestCase("AES-CBC-128, HMAC-SHA1 and ECP-256")]
    [TestCase("AES-CBC-128, HMAC-SHA2-256 and ECP-384")]
    public async Task AListOfAnotherIkeSa(string suite)
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync("When west starts phase 1 in main mode", "Then phase 1 is established");
        (await play.FailingStepAsync($"Then east's own list has the IKE SA with {suite}")).Came.Should().Be("AES-CBC-128 / HMAC-SHA2-256 / ECP-256");
    }

    [Test]
    public async Task TunnelModeIsNotTransportMode()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Quick, Sas, Ping, "Then every ping is answered");
        (await play.FailingStepAsync("Then every ESP frame carries the ICMP echo that was sent in transport mode")).Legal.Should().EndWith("next header 1");
    }

    [Test]
    public async Task ACipherThatHides()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Quick, Sas, Ping, "Then every ping is answered");
        (await play.FailingStepAsync("Then every ESP frame shows what it carries")).Legal.Should().Be("the payload in clear from octet 16 of ESP on");
    }

    [Test]
    public async Task AnAnswerInTransportModeInsteadOfTunnelMode([Values] bool isTunnel)
    {
        var (mode, other) = isTunnel ? ("tunnel", "transport") : ("transport", "tunnel");
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Ah, $"Given phase 2 runs in {mode} mode", Quick, $"Then both sides hold SAs of AH HMAC-SHA2-256-128 in {mode} mode with matching SPIs", Ping, "Then every ping is answered");
        await play.StepAsync($"Then every AH frame carries the ICMP echo that was sent in {mode} mode");
        (await play.FailingStepAsync($"Then every AH frame carries the ICMP echo that was sent in {other} mode")).Came.Should().EndWith($"next header {(isTunnel ? 4 : 1)}");
    }

    [TestCase(AhAt + 2, "reserved 1")]
    [TestCase(AhAt + AhHeader.FixedSize + 3, "the ICV is wrong")]
    public async Task AWrongAhHeader(int at, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [packet, Flip(packet, at)] });
        await play.StepsAsync(Ah, Quick, "Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs", Ping, "Then every ping is answered");
        (await play.FailingStepAsync("Then every AH header from east has its true length, reserved 0 and the right ICV")).Came.Should().EndWith(came.Replace("reserved 1", "reserved 256", StringComparison.Ordinal));
    }

    [Test]
    public async Task ThePacketBeforeSentAgain()
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [packet, packet] });
        await play.StepsAsync(Ah, Quick, "Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs", Ping, "Then every ping is answered");
        (await play.FailingStepAsync("Then the AH frames from east are numbered 1, 2")).Came.Should().StartWith("1, 1");
    }

    [Test]
    public async Task APacketInClear()
    {
        var addresses = new BedAddresses(BedAddresses.First, IPAddress.Loopback);
        var clear = EchoNetwork.Request(Ipv4Header.ToNumber(addresses.EastHost(0)), Ipv4Header.ToNumber(addresses.WestHost(0)), 1, 1, "in clear"u8);
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [packet, clear] });
        await play.StepsAsync(Ah, Quick, "Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs", Ping, "Then every ping is answered");
        (await play.FailingStepAsync("Then the frames on the wire are AH between the gateways only")).Came.Should().Contain("Icmp, ");
    }

    private static byte[] Flip(byte[] packet, int at)
    {
        byte[] bent = [.. packet];
        bent[at] ^= 1;
        return bent;
    }

    private static TestCaseData Listing(string lie, Func<PeerChildSa, PeerChildSa> change, string claim, string came) =>
        new TestCaseData(change, claim, came).SetArgDisplayNames(lie);
}
