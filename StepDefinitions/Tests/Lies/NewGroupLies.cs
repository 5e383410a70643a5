// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about new group mode can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NewGroupLies
{
    private const string Takes = "Given both sides take private groups, and want perfect forward secrecy in private group 32769";
    private const string Offers = "When west offers private group 32769 in new group mode";
    private const string Gives = "When new group mode gives west a group";

    [Test]
    public async Task AWrongHash()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = new BentMessages(ExchangeType.NewGroupMode, 2) { Plain = WrongHash } });
        await play.StepsAsync(Takes, Offers);
        (await play.FailingStepAsync(Gives)).Legal.Should().Be("a new group mode that completes");
        (await play.FailingStepAsync("Then each HASH of new group mode is that of message ID and SA")).Came.Should().StartWith("frame 8: ");
    }

    [Test]
    public async Task NoNewGroupMode()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("Given a tunnel between the networks behind west and east");
        (await play.FailingStepAsync("Then the quick mode uses private group 32769")).Came.Should().StartWith("frame ");
        (await play.FailingStepAsync("Then east begins new group mode under an IKE SA only")).Legal.Should().Be("new group mode from east");
        (await play.FailingStepAsync("Then new group mode from nowhere is answered by a notification at most")).Came.Should().Be("none");
        (await play.FailingStepAsync("Then these messages of new group mode cross the wire, in this order", "from|exchange|encrypted|payloads", "west|New Group Mode|yes|HASH, SA"))
            .Came.Should().StartWith("0 messages");
    }

    private static byte[] WrongHash(byte[] plain)
    {
        plain[4] ^= 1;
        return plain;
    }
}
