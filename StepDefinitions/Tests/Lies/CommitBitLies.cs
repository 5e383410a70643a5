// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about the commit bit and CONNECTED can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CommitBitLies
{
    private const int FlagsAt = 19;
    private const string EastCommits = "Given east sets the commit bit in quick mode";
    private const string WestStarts = "When west starts quick mode";
    private const string Flag = "Then every quick mode message from east has the commit bit, and no other message";
    private const string Connected = "Then east says CONNECTED once, under the message ID of the quick mode";

    [Test]
    public async Task EspWithoutWaiting()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("Given a tunnel between the networks behind west and east", "When a host behind east pings a host behind west 1 times");
        (await play.FailingStepAsync("Then east protects nothing before west's CONNECTED")).Came.Should().StartWith("frame 10: ESP").And.EndWith("and no CONNECTED");
    }

    [Test]
    public async Task NoFlag()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = new BentMessages(ExchangeType.QuickMode, 2) { Datagram = WithoutFlag } });
        await play.StepsAsync(EastCommits, WestStarts);
        play.Scene.WaitUntil(() => play.Scene.WestChildSas.Count > 0);
        (await play.FailingStepAsync(Flag)).Came.Should().EndWith("flags 0x01");
    }

    [Test]
    public async Task AnotherNotification()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = BentMessages.Each<NotificationPayload>(ExchangeType.Informational, 1, n => n with { NotifyType = NotifyType.InitialContact }) });
        await play.StepsAsync(EastCommits, WestStarts);
        (await play.FailingStepAsync(Connected)).Came.Should().StartWith("frame 10: east: Informational, encrypted, HASH, N");
    }

    [Test]
    public async Task NothingSaid()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepAsync(WestStarts);
        (await play.FailingStepAsync(Connected)).Came.Should().Be("none");
    }

    private static byte[] WithoutFlag(byte[] datagram)
    {
        datagram[FlagsAt] &= unchecked((byte)~(byte)IsakmpFlags.Commit);
        return datagram;
    }
}
