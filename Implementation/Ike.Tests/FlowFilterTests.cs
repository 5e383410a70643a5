// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults;
using Ipsec.Wire;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.Tests;

/// <summary>Which datagrams a flow fault takes hold of.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FlowFilterTests
{
    [Test]
    public void MessagesAreNumberedByFirstTransmissionAndByExchange()
    {
        var counter = new ExchangeCounter();
        Number(counter, Message(1, ExchangeType.IdentityProtection, 0, 1)).Should().Be(1);
        Number(counter, Message(1, ExchangeType.IdentityProtection, 0, 2)).Should().Be(2);
        Number(counter, Message(1, ExchangeType.IdentityProtection, 0, 1)).Should().Be(1, "it is a retransmission");
        Number(counter, Message(1, ExchangeType.QuickMode, 7, 1)).Should().Be(1);
        Number(counter, Message(2, ExchangeType.IdentityProtection, 0, 1)).Should().Be(1);
        Number(counter, new byte[27]).Should().Be(0);
    }

    [Test]
    public void WhatIsRememberedIsBounded()
    {
        var counter = new ExchangeCounter();
        for (uint i = 1; i <= 1000; i++)
        {
            Number(counter, Message(1, ExchangeType.QuickMode, 1, i)).Should().Be(i <= 64 ? (int)i : 0);
        }

        Number(counter, Message(2, ExchangeType.QuickMode, 1, 1)).Should().Be(1);
        Number(counter, Message(2, ExchangeType.QuickMode, 1, 2)).Should().Be(2);
        for (uint i = 10; i < 2000; i++)
        {
            Number(counter, Message(i, ExchangeType.QuickMode, 1, 1)).Should().Be(1);
        }

        Number(counter, Message(2, ExchangeType.QuickMode, 1, 2)).Should().Be(1, "the oldest exchanges are forgotten");
    }

    [TestCase(FlowOperation.Drop, 0)]
    [TestCase(FlowOperation.Duplicate, 2)]
    public void AFaultHoldsForItsMessageAndItsNumberOfTimes(FlowOperation operation, int copies)
    {
        var filter = new FlowFilter();
        filter.Add(new FlowFault("F", new(ExchangeType.IdentityProtection, 2), operation, 2, "RFC 2408 section 5.1", ["sent again"]));
        var (first, second) = (Message(1, ExchangeType.IdentityProtection, 0, 1), Message(1, ExchangeType.IdentityProtection, 0, 2));
        filter.Pass(first, leaves: true).Should().HaveCount(1);
        new[] { filter.Pass(second, leaves: true).Count, filter.Pass(second, leaves: true).Count, filter.Pass(second, leaves: true).Count }.Should().Equal(copies, copies, 1);
        filter.Applied("F").Should().Be(2);
        filter.Applied("G").Should().Be(0);
    }

    [Test]
    public void WhatIsHeldBackArrivesBehindTheNextOfItsSender()
    {
        var filter = new FlowFilter();
        filter.Add(new FlowFault("F", new(ExchangeType.IdentityProtection, 1), FlowOperation.HoldBack, 1, "RFC 2408 section 5.1", ["taken in any order"]));
        var (first, second, third) = (Message(1, ExchangeType.IdentityProtection, 0, 1), Message(1, ExchangeType.IdentityProtection, 0, 2), Message(1, ExchangeType.IdentityProtection, 0, 3));
        filter.Pass(first, leaves: true).Should().BeEmpty();
        filter.Pass(second, leaves: false).Should().ContainSingle("what comes does not release what leaves");
        filter.Pass(third, leaves: true).Select(passed => passed.ToArray()).Should().SatisfyRespectively(
            passed => passed.Should().Equal(third), passed => passed.Should().Equal(first));
        filter.Pass(third, leaves: true).Should().ContainSingle();
    }

    private static int Number(ExchangeCounter counter, byte[] datagram) => counter.NumberOf(datagram, out _);

    private static byte[] Message(ulong cookie, ExchangeType exchange, uint messageId, uint content)
    {
        var writer = new WireWriter();
        new IsakmpHeader(new(cookie), default, PayloadType.None, IsakmpHeader.Version10, exchange, IsakmpFlags.None, messageId, 32).Write(writer);
        writer.U32(content);
        return writer.ToArray();
    }
}
