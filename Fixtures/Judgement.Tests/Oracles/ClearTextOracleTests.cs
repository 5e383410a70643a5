// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class ClearTextOracleTests
{
    private static readonly IReadOnlyList<ObservedFrame> Frames = Conversation.Recorded();

    private static readonly (string What, byte[] Octets)[] Secrets =
    [
        ("west's identity", "west.conformance.example"u8.ToArray()),
        ("the host behind west", Conversation.WestHost.GetAddressBytes()),
        ("the payload", "conformance echo"u8.ToArray()),
    ];

    [Test]
    public void NothingIsSeenOfAnHonestTunnel() => ClearTextOracle.NeverInClear(Frames, Secrets).Should().BeNull();

    [Test]
    public void WhatIsInClearIsSeen([Values(0, 1, 2)] int secret, [Values(0, 5, 12)] int at)
    {
        var leak = Frames.But(at, frame => frame with { Bytes = (byte[])[.. frame.Bytes.Span, .. Secrets[secret].Octets, 0] });
        ClearTextOracle.NeverInClear(leak, Secrets).Should().Be(
            new Finding($"{Secrets[secret].What} in no frame", $"frame {at + 1} has it at octet {Frames[at].Bytes.Length}"));
    }

    [Test]
    public void AWholePacketInClearIsSeen()
    {
        var echo = ((ObservedEsp)Frames[^1]).Inspection!.Payload;
        var clear = Conversation.Observe([Conversation.Frame(Conversation.EastHost, Conversation.WestHost, IpProtocol.Icmp, echo.Span[20..])], WireKeys.None);
        ClearTextOracle.NeverInClear([.. Frames, .. clear], Secrets)!.Legal.Should().Be("the host behind west in no frame");
    }

    [Test]
    public void NoFrameOrNoSecretProvesNothing()
    {
        ClearTextOracle.NeverInClear([], Secrets).Should().Be(new Finding("frames to search", "none"));
        FluentActions.Invoking(() => ClearTextOracle.NeverInClear(Frames, [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ClearTextOracle.NeverInClear(Frames, [("nothing", [])])).Should().Throw<ArgumentException>();
    }
}
