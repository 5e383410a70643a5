// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Capture;

namespace Ipsec.Fixtures.Rig.Tests.Capture;

/// <summary>Whose packet a daemon got last, before it ended.</summary>
public class RecentSendersTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20000);

    [Test]
    public void TheLastOneBeforeATimeIsNamed()
    {
        var senders = new RecentSenders();
        senders.Add(Start, 10, 2);
        senders.Add(Start.AddSeconds(1), 11, 2);
        senders.Add(Start.AddSeconds(1.5), 12, 3);
        senders.Add(Start.AddSeconds(2), 13, 2);

        senders.LastTo(2, Start.AddSeconds(1.9)).Should().Be(11);
        senders.LastTo(2, Start.AddSeconds(2)).Should().Be(13);
        senders.LastTo(2, Start.AddSeconds(-1)).Should().BeNull();
        senders.LastTo(4, Start.AddSeconds(9)).Should().BeNull();
    }

    [Test]
    public void WhatLiesLongBackIsForgotten()
    {
        var senders = new RecentSenders();
        senders.Add(Start, 10, 2);
        for (var count = 0; count < 3000; count++)
        {
            senders.Add(Start.AddSeconds(count), 10, 3);
        }

        senders.LastTo(2, Start.AddDays(1)).Should().BeNull();
        senders.LastTo(3, Start.AddDays(1)).Should().Be(10);
    }
}
