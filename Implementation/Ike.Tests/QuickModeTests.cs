// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>RFC 2409 sections 5.5 and 5.7, both ends ours.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class QuickModeTests
{
    [TestCase("AES-GCM-16-128", null, null)]
    [TestCase("AES-GCM-16-256", null, "ECP-256")]
    [TestCase("AES-CBC-128", "HMAC-SHA2-256-128", "MODP-2048")]
    [TestCase("AES-CBC-256", "HMAC-SHA2-256-128", null)]
    [TestCase("AES-CBC-128", "HMAC-SHA1-96", null)]
    public void BothSidesHoldMirroredSas(string encryption, string? integrity, string? pfs)
    {
        var ladder = new Ladder(new PolicyPair().WithChild(encryption, integrity, pfs));
        ladder.Connect(ladder.East);

        ladder.Wire.Skip(6).Select(w => w.From).Should().Equal("east", "west", "east");
        var west = ladder.West.Endpoint.ChildSas.Should().ContainSingle().Subject;
        var east = ladder.East.Endpoint.ChildSas.Should().ContainSingle().Subject;
        (west.InboundSpi, west.OutboundSpi).Should().Be((east.OutboundSpi, east.InboundSpi));
        west.InboundKeyMaterial.ToArray().Should().Equal(east.OutboundKeyMaterial.ToArray());
        west.OutboundKeyMaterial.ToArray().Should().Equal(east.InboundKeyMaterial.ToArray());
        west.InboundKeyMaterial.ToArray().Should().NotEqual(west.OutboundKeyMaterial.ToArray());
        (west.Encryption?.Name, west.Integrity?.Name, west.Pfs?.Name).Should().Be((encryption, integrity, pfs));
        ladder.West.Sent(ExchangeType.QuickMode).First().Message.All<KeyExchangePayload>().Should().HaveCount(pfs is null ? 0 : 1);
    }

    [Test]
    public void TwoQuickModesUnderOneIkeSa()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        ladder.Connect(ladder.West, "other");

        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.West.Endpoint.ChildSas.Select(c => c.Child).Should().Equal("net", "other");
        ladder.West.Endpoint.ChildSas.Select(c => c.MessageId).Should().OnlyHaveUniqueItems();
        ladder.Wire.Should().HaveCount(12);
    }

    [Test]
    public void NoCommonSuiteIsAnsweredUnderTheIkeSa()
    {
        var pair = new PolicyPair();
        var child = pair.East.Children[0] with { Suites = [PolicyPair.Phase2("AES-CBC-256", "HMAC-SHA2-256-128")] };
        var ladder = new Ladder(pair with { East = pair.East with { Children = [child] } });
        ladder.Connect(ladder.West);

        var notified = ladder.West.Saw<PeerNotified>().Should().ContainSingle().Subject;
        (notified.Notification.NotifyType, notified.IsAuthenticated).Should().Be((NotifyType.NoProposalChosen, true));
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle().Which.Exchange.Should().Be(ExchangeType.QuickMode);
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle("phase 1 is not touched by a failed phase 2");
        ladder.West.Endpoint.ChildSas.Concat(ladder.East.Endpoint.ChildSas).Should().BeEmpty();
    }

    [TestCase("ECP-256", null)]
    [TestCase(null, "ECP-256")]
    [TestCase("ECP-256", "MODP-2048")]
    public void PfsMustAgree(string? west, string? east)
    {
        var pair = new PolicyPair().WithChild("AES-GCM-16-128", null, west);
        var other = new PolicyPair().WithChild("AES-GCM-16-128", null, east);
        var ladder = new Ladder(pair with { East = other.East });
        ladder.Connect(ladder.West);

        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.NoProposalChosen);
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
    }

    [Test]
    public void OtherSelectorsAreRefused()
    {
        var pair = new PolicyPair();
        var ladder = new Ladder(pair with { East = pair.East with { Children = [pair.East.Children[1]] } });
        ladder.Connect(ladder.West);

        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.InvalidIdInformation);
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
    }

    [Test]
    public void DeletingAPairRemovesItOnBothSides()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        ladder.Do(ladder.West, new DeleteChildSa(ladder.West.Endpoint.ChildSas[0].InboundSpi));

        ladder.West.Endpoint.ChildSas.Should().BeEmpty();
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
        ladder.East.Saw<RemoveChildSa>().Should().ContainSingle();
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void DeletingTheConnectionLeavesNothing()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        ladder.Connect(ladder.West, "other");
        ladder.Do(ladder.East, new DeleteIkeSa("tunnel"));

        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Endpoint.EstablishedSas.Should().BeEmpty();
            side.Endpoint.ChildSas.Should().BeEmpty();
            side.Saw<IkeSaClosed>().Should().ContainSingle();
        }
    }

    [Test]
    public void AClearDeleteIsIgnored()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        var pair = ladder.East.Endpoint.ChildSas[0];
        var header = MainModeTests.Header(ladder.Wire[^1].Bytes) with { ExchangeType = ExchangeType.Informational, Flags = IsakmpFlags.None, MessageId = 99 };
        var spi = new byte[] { (byte)(pair.OutboundSpi >> 24), (byte)(pair.OutboundSpi >> 16), (byte)(pair.OutboundSpi >> 8), (byte)pair.OutboundSpi };
        var forged = new IsakmpMessage(header, [new DeletePayload(1, ProtocolId.Esp, 4, [spi])]);
        ladder.Inject(ladder.East, forged.Encode());

        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Saw<DatagramDiscarded>().Should().ContainSingle().Which.Clause.Should().Be("RFC 2408 section 4.8");
    }
}
