// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about dead peer detection can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeadPeerLies
{
    private const ExchangeType Informational = ExchangeType.Informational;
    private const string Phase1 = "When west starts phase 1 in main mode";
    private const string Established = "When phase 1 is established";
    private const string Asking = "Given east asks after 1 second of silence and gives up after 10";
    private const string Asked = "When west asks whether east lives, with number 1000";
    private const string Acknowledges = "Then east acknowledges 1000 and nothing else";
    private const string Layout = "Then every R-U-THERE and R-U-THERE-ACK of east names the IKE SA and has a number of 4 octets";

    [Test]
    public async Task NoVendorId()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(ExchangeType.IdentityProtection, 2) { Payloads = payloads => payloads.Where(payload => payload is not VendorIdPayload) },
        });
        await play.StepsAsync(Phase1, Established);
        (await play.FailingStepAsync("Then east announces dead peer detection")).Came.Should().Be("no vendor ID");
    }

    [Test]
    public async Task AQuestionThatShouldNotBe()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Asking, Phase1, Established, "When east has asked 2 questions");
        (await play.FailingStepAsync("Then east has not asked whether west lives")).Came.Should().StartWith("R-U-THERE ");
    }

    [Test]
    public async Task AVendorIdThatWestSentAllTheSameShowsNothing()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync("Given west does not announce dead peer detection");
        play.Scene.BendWest(new Faults.PayloadFault(
            "AGAIN",
            Faults.FaultSeam.Message,
            new(ExchangeType.IdentityProtection, 1) { Payload = new Faults.PayloadPath(PayloadType.Sa) },
            new Faults.PayloadOperation.Insert(new VendorIdPayload(VendorIds.DeadPeerDetection), Before: false),
            "RFC3706-5.1-01",
            []));
        await play.StepsAsync(Phase1, Established);
        await FluentActions.Awaiting(() => play.StepAsync("Then east has not asked whether west lives"))
            .Should().ThrowAsync<Fixtures.Rig.Run.EnvironmentException>();
    }

    [Test]
    public async Task AnotherNumber()
    {
        await using var play = await Play.OpenAsync(Bent(n => n with { Data = new byte[] { 0, 0, 0, 9 } }));
        await play.StepsAsync(Phase1, Established, Asked);
        (await play.FailingStepAsync(Acknowledges)).Came.Should().Be("9");
    }

    [Test]
    public async Task AnAnswerToAQuestionInClear()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Phase1, Established, Asked, "When west asks whether east lives, with number 1001");
        (await play.FailingStepAsync(Acknowledges)).Came.Should().Be("1000, 1001");
    }

    [Test]
    public async Task NoAnswer()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Phase1, Established);
        (await play.FailingStepAsync(Acknowledges)).Came.Should().Be("no R-U-THERE-ACK");
    }

    [Test]
    public async Task AnAnswerThatNamesNoIkeSa()
    {
        await using var play = await Play.OpenAsync(Bent(n => n with { Spi = n.Spi[..8] }));
        await play.StepsAsync(Phase1, Established, Asked);
        (await play.FailingStepAsync(Layout)).Came.Should().Contain("type 36137");
    }

    [Test]
    public async Task AnAnswerWithALongNumber()
    {
        await using var play = await Play.OpenAsync(Bent(n => n with { Data = new byte[8] }));
        await play.StepsAsync(Phase1, Established, Asked);
        (await play.FailingStepAsync(Layout)).Came.Should().EndWith("8 octets of data");
    }

    [Test]
    public async Task NumbersThatSkipOne()
    {
        var asked = 0;
        await using var play = await Play.OpenAsync(Bent(n => n.NotifyType == NotifyType.RUThere && asked++ > 0 ? n with { Data = OneMore(n.Data.ToArray()) } : n));
        await play.StepsAsync(Asking, Phase1, Established, "When east has asked 2 questions");
        (await play.FailingStepAsync("Then the first question's number has its high bit zero, and each later one is larger by one")).Came.Should().Contain(", ");
    }

    [Test]
    public async Task SasThatStay()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { IkeSas = [new(new(1), new(2), false, true)] } });
        await play.StepsAsync("Given east asks after 1 second of silence and gives up after 4", "Given no informational exchange reaches west", Phase1);
        (await play.FailingStepAsync("Then east asks at least twice and then removes its SAs")).Legal.Should().Be("no SA on east's side");
    }

    [Test]
    public async Task SasThatAreRemovedUnasked()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { IkeSas = [], ChildSas = [] } });
        await play.StepsAsync(Phase1);
        (await play.FailingStepAsync("Then east asks at least twice and then removes its SAs")).Came.Should().Be("0");
    }

    [Test]
    public async Task NoQuestionAtAll()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Phase1, Established);
        (await play.FailingStepAsync("Then east asks once the traffic has stopped")).Came.Should().Be("none");
    }

    private static byte[] OneMore(byte[] number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(number, BinaryPrimitives.ReadUInt32BigEndian(number) + 1);
        return number;
    }

    private static Lie Bent(Func<NotificationPayload, NotificationPayload> change) =>
        new() { Messages = BentMessages.Each<NotificationPayload>(Informational, 1, change) };
}
