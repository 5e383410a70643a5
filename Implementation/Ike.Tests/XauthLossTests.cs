// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Wire.Isakmp;
using static Ipsec.Ike.Tests.XauthTests;

namespace Ipsec.Ike.Tests;

/// <summary>draft-beaulieu-ike-xauth-02 with messages that are lost, doubled, late, or never come.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class XauthLossTests
{
    [Test]
    public void AnyLostMessageIsMadeUpFor([Range(5, 13)] int lost)
    {
        var ladder = new Ladder(new PolicyPair().WithXauth()) { Copies = n => n == lost ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(20));
        Accepted(ladder);
    }

    [Test]
    public void AnyDuplicatedMessageChangesNothing([Range(5, 13)] int duplicated)
    {
        var ladder = new Ladder(new PolicyPair().WithXauth()) { Copies = n => n == duplicated ? 2 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(20));
        Accepted(ladder);
        ladder.Wire.Select(w => Convert.ToHexString(w.Bytes)).Distinct().Should().HaveCount(13);
    }

    [Test]
    public void AnyMessageMayComeLate([Range(7, 10)] int number)
    {
        var ladder = new Ladder(new PolicyPair().WithXauth()) { Copies = n => n == number ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(20));
        var (from, bytes) = ladder.Wire[number - 1];
        ladder.Inject(from == "west" ? ladder.East : ladder.West, bytes).Sum(b => b.Length).Should().BeLessThanOrEqualTo(2 * bytes.Length);
        Accepted(ladder);
    }

    [Test]
    public void NothingIsRememberedForEver()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth());
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.Inject(ladder.West, ladder.Wire[MainModeMessages].Bytes).Should().BeEmpty();
        ladder.West.Saw<DatagramDiscarded>().Last().Reason.Should().Contain("duplicate");
    }

    [Test]
    public void ASilentHostIsGivenUp()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth()) { Copies = n => n > MainModeMessages ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(5));
        Refused(ladder);
        ladder.East.Saw<ExchangeFailed>().Should().Contain(f => f.Exchange == ExchangeType.Transaction);
        ladder.West.Saw<XauthFinished>().Should().ContainSingle().Which.IsAccepted.Should().BeFalse();
    }
}
