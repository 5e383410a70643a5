// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

/// <summary>ESP in transport mode, and ESP that does not encrypt.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EspCarriageTests
{
    private static readonly IReadOnlyList<ObservedEsp> Transport = Record("AES-GCM-16-128", null, SaMode.Transport);
    private static readonly IReadOnlyList<ObservedEsp> Tunnel = Record("AES-GCM-16-128", null, SaMode.Tunnel);

    [Test]
    public void HonestTransportMode()
    {
        EspOracle.CarryEchoInTransportMode(Transport, (Conversation.East, Conversation.West)).Should().BeNull();
        Transport.Should().HaveCount(4).And.OnlyContain(frame => frame.Echo != null);
    }

    [Test]
    public void TunnelModeOrOtherHosts()
    {
        EspOracle.CarryEchoInTransportMode(Tunnel, (Conversation.West, Conversation.East))!.Legal.Should().Contain("next header 1");
        EspOracle.CarryEchoInTransportMode(Transport, (Conversation.WestHost, Conversation.EastHost)).Should().NotBeNull();
        EspOracle.CarryEchoInTransportMode(Transport.But(1, frame => frame.Opened(opened => opened with { IsIcvValid = false })), (Conversation.West, Conversation.East)).Should().NotBeNull();
        EspOracle.CarryEchoInTransportMode(Transport.But(1, frame => frame.Opened(opened => opened with { NextHeader = 17 })), (Conversation.West, Conversation.East)).Should().NotBeNull();
        EspOracle.CarryEchoInTransportMode([], (Conversation.West, Conversation.East)).Should().Be(new Finding("ESP frames", "none"));
    }

    [TestCase("NULL", "HMAC-SHA1-96")]
    [TestCase("AES-GMAC-256", null)]
    public void WhatDoesNotEncryptIsReadable(string encryption, string? integrity)
    {
        var frames = Record(encryption, integrity, SaMode.Tunnel);
        EspOracle.InClear(frames).Should().BeNull();
        EspOracle.InClear(frames.But(1, frame => frame.Opened(opened => opened with { Payload = default }))).Should().NotBeNull();
        EspOracle.InClear(frames.But(1, frame => frame with { Inspection = null }))!.Legal.Should().Be("a frame that opens with the negotiated keys");
    }

    [Test]
    public void WhatEncryptsIsNot()
    {
        EspOracle.InClear(Tunnel)!.Legal.Should().Be("the payload in clear from octet 16 of ESP on");
        EspOracle.InClear([]).Should().Be(new Finding("ESP frames", "none"));
    }

    private static IReadOnlyList<ObservedEsp> Record(string encryption, string? integrity, SaMode mode) =>
    [
        .. Conversation.Recorded(new Phase2Suite(EncryptionAlgorithm.Named(encryption), integrity is null ? null : IntegrityAlgorithm.Named(integrity)), mode).OfType<ObservedEsp>(),
    ];
}
