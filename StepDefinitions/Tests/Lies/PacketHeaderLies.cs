// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Ip;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about answers' headers, silence, refusals and audit logs can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PacketHeaderLies
{
    private const int IvAt = Ipv4Header.MinSize + EspHeader.Size;
    private const int IvSize = 16;
    private const string Tunnel = "Given a tunnel between the networks behind west and east";
    private const string Honest = "When an honest echo request follows";
    private const string Marked = "When west sends an echo request that is ECT(0) inside and ECT(0) outside";
    private const string Numbered = "When west sends echo requests with the sequence numbers 1";

    [TestCase("Then the ECN field of its answer is ECT(0) outside", "ECN CE")]
    [TestCase("Then the DSCP of its answer is 0 outside", "DSCP 46")]
    public async Task AnotherOuterHeader(string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [Marks(packet)] });
        await play.StepsAsync(Tunnel, Marked, Honest);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [TestCase("Then the ECN field of its answer is CE inside", "ECN ECT(0)")]
    [TestCase("Then the DSCP of its answer is 46 inside", "DSCP 0")]
    public async Task AnotherInnerHeaderThanWanted(string claim, string came)
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel, Marked, Honest);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [TestCase("Then the inner header of each answer is as the host behind east made it")]
    [TestCase("Then each answer has as many octets of its own as its request had")]
    [TestCase("Then the ECN field of its answer is ECT(0) inside")]
    public async Task NoAnswerToJudge(string claim)
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = _ => [] });
        await play.StepsAsync(Tunnel, Numbered, Honest);
        (await play.FailingStepAsync(claim)).Came.Should().Be("none");
    }

    [Test]
    public async Task APacketMoreThanSilence()
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [packet, packet] });
        await play.StepsAsync(Tunnel, "When west sends 3 dummy packets of 60 octets", Honest);
        (await play.FailingStepAsync("Then east sends nothing but the answer to the honest echo request")).Came.Should().Contain("; ESP ");
    }

    [TestCase(false, "Then the connection request is refused in the SA, and the honest one behind it is refused in the SA", "no refusal")]
    [TestCase(true, "Then the connection request is not answered, and the honest one behind it is refused in the SA", "from port 5 to port 6 refused in an SA, honest refused in an SA")]
    [TestCase(true, "Then the connection request is refused in clear, and the honest one behind it is refused in the SA", "from port 5 to port 6 refused in an SA, honest refused in an SA")]
    public async Task ARefusalOfAnotherKind(bool answers, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => answers ? [packet] : [] });
        await play.StepsAsync(Tunnel, "When west's SA carries a connection request from port 5 to port 6", "When an honest connection request follows from port 5 to port 7");
        (await play.FailingStepAsync(claim)).Came.Should().Be(came);
    }

    [Test]
    public async Task MoreThanItsOwnEchoRequest()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(
            Tunnel, "When west's newest SA carries an echo request from the host behind west to the host behind east", "When a host behind east asks a host behind west, and is heard");
        (await play.FailingStepAsync("Then east has sent its own echo request and no other packet")).Came.Should().Contain("echo reply").And.Contain("; ESP ");
    }

    [Test]
    public async Task AnAuditLogThatSaysSomethingElse()
    {
        const string Claim = "Then east's audit log has one event, IntegrityFailure, with both addresses";
        foreach (var (log, came) in new[] { ("", "no event"), ("Replayed: by nobody", "Replayed: by nobody"), ("IntegrityFailure: of nobody", "IntegrityFailure: of nobody") })
        {
            await using var play = await Play.OpenAsync(new Lie { Audit = _ => log.Length == 0 ? [] : [log] });
            await play.StepsAsync(Tunnel, "When west sends an echo request whose last octet of the ICV is changed on the way", Honest);
            (await play.FailingStepAsync(Claim)).Came.Should().Be(came);
        }
    }

    [TestCase("When west sends an echo request whose hat is changed on the way")]
    [TestCase("When west sends an echo request that is blue inside and green outside")]
    [TestCase("When west's newest SA carries an echo request from nobody to the host behind east")]
    [TestCase("When west sends an echo request whose padding of 12 octets is pretty")]
    public async Task WhatNobodyKnowsIsTheScenariosFault(string step)
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync(Tunnel);
        await FluentActions.Awaiting(() => play.StepAsync(step)).Should().ThrowAsync<ArgumentException>();
    }

    [Test]
    public async Task IvsThatCount()
    {
        var number = 0;
        await using var play = await Play.OpenAsync(new Lie
        {
            Packets = packet =>
            {
                packet.AsSpan(IvAt, IvSize).Clear();
                packet[IvAt + IvSize - 1] = (byte)++number;
                return [packet];
            },
        });
        await play.StepsAsync("Given phase 2 uses AES-CBC-128 and HMAC-SHA2-256-128", Tunnel, "When a host behind west pings a host behind east 3 times");
        (await play.FailingStepAsync("Then no IV from east can be told from the one before")).Came.Should().Be("1 and 2");
    }

    [Test]
    public async Task NoKeepaliveWithoutANat()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel, "When nobody has anything to say for up to 40 seconds");
        (await play.FailingStepAsync("Then east sends a keepalive, one octet of 0xFF between the ports of its IKE messages")).Came.Should().Be("none");
    }

    private static byte[] Marks(byte[] packet)
    {
        byte[] marked = [.. packet];
        Esp.TrafficClass.Write(marked, 46, 3);
        return marked;
    }
}
