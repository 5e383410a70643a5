// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.V1;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about every message can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MessageFormatLies
{
    private const string Chains = "Then the payloads of every message from east fill it, and the last one says that none follows";

    private static IEnumerable<TestCaseData> Messages =>
    [
        Case("a vendor ID in quick mode", QuickMode(payloads => [.. payloads, new VendorIdPayload("late"u8.ToArray())]), "Then no message of phase 2 from east has a vendor ID", "VID"),
        Case("a private payload", QuickMode(payloads => [.. payloads, new UnknownPayload((PayloadType)200, new byte[4])]), "Then no message from east has a payload of the private range", "frame 8"),
        Case(
            "a last payload that names a next one",
            new BentMessages(ExchangeType.IdentityProtection, 2) { Payloads = payloads => [.. payloads[..^1], payloads[^1] with { NextPayloadOverride = PayloadType.VendorId }] },
            Chains,
            "frame 2"),
        Case(
            "an SA payload that names a Transform",
            BentMessages.Each<SaPayload>(ExchangeType.IdentityProtection, 2, sa => sa with { NextPayloadOverride = PayloadType.Transform }),
            "Then no SA payload from east says that a Proposal or a Transform follows it",
            "frame 2"),
    ];

    [TestCaseSource(nameof(Messages))]
    public async Task AMessage(object messages, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = (IOutboundSeams)messages });
        await play.StepAsync("When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task AnotherPort()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync("When west starts phase 1 in main mode", "Then phase 1 is established");
        var (east, west) = (play.Scene.Bed.Addresses.East, play.Scene.Bed.Addresses.West);
        var datagram = play.Scene.Messages[1].Datagram;
        var packet = new byte[Ipv4Header.MinSize + UdpHeader.Size + datagram.Length];
        Ipv4Header.For(east, west, IpProtocol.Udp, UdpHeader.Size + datagram.Length).Write(packet);
        datagram.CopyTo(packet.AsMemory(Ipv4Header.MinSize + UdpHeader.Size));
        packet[^1] ^= 1;
        UdpHeader.Write(packet.AsSpan(Ipv4Header.MinSize), 501, 500, east, west);
        play.Scene.Inject(packet);
        (await play.FailingStepAsync("Then every message from east goes from UDP port 500 to UDP port 500")).Came.Should().EndWith("port 501 to port 500");
    }

    [Test]
    public async Task VendorIdsThatWereNotSentShowNothing()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync("When west starts phase 1 in main mode", "Then phase 1 is established");
        await FluentActions.Awaiting(() => play.StepAsync("Then the vendor IDs that nobody knows crossed the wire")).Should().ThrowAsync<EnvironmentException>();
    }

    private static BentMessages QuickMode(Func<IEnumerable<Payload>, IEnumerable<Payload>> change) =>
        new(ExchangeType.QuickMode, 2) { Payloads = payloads => change(payloads) };

    private static TestCaseData Case(string lie, IOutboundSeams messages, string claim, string came) => new TestCaseData(messages, claim, came).SetArgDisplayNames(lie);
}
