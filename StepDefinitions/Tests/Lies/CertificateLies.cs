// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about certificates can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CertificateLies
{
    private const ExchangeType MainMode = ExchangeType.IdentityProtection;
    private const string Signatures = "Given both sides authenticate with RSA signatures";
    private const string Phase1 = "When west starts phase 1";

    [TestCase("Then east sends its certificate, for it was asked", "no certificate")]
    [TestCase("Then both sides send 1 certificate", "0")]
    public async Task NoCertificateThoughItWasAsked(string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(MainMode, 6) { Payloads = payloads => payloads.Where(payload => payload is not CertificatePayload) },
        });
        await play.StepsAsync(Signatures, Phase1);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(claim)).Came.Should().Be(came);
    }

    [Test]
    public async Task ARequestThatWasNotToBe()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(MainMode, 4) { Payloads = payloads => [.. payloads, new CertificateRequestPayload(4, default)] },
        });
        await play.StepsAsync(Signatures, "Given both sides have each other's certificate, and neither send nor ask", Phase1, "Then phase 1 is established");
        (await play.FailingStepAsync("Then no message holds a certificate or a request for one")).Came.Should().StartWith("frame 4: ");
    }

    [Test]
    public async Task AMessageThatIsNotAcceptedForItsCertificate()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = new BentMessages(MainMode, 4) { Datagram = datagram => datagram[..20] } });
        await play.StepsAsync(Signatures, "Given west sends its certificate in message 3 as well", Phase1);
        (await play.FailingStepAsync("Then phase 1 is established nevertheless")).Came.Should().StartWith("no IKE SA");
    }

    [Test]
    public async Task AMessageThatIsOnlyOnesOwnClaimToBeAccepted()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { IkeSas = [] } });
        await play.StepsAsync(Signatures, "Given west sends its certificate in message 3 as well", Phase1);
        (await play.FailingStepAsync("Then phase 1 is established nevertheless")).Came.Should().Be("no IKE SA");
    }

    [Test]
    public async Task AMessageThatWasNeverOtherThanUsualShowsNothing()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Signatures, "Given west sends its certificate in message 2 as well", Phase1);
        await FluentActions.Awaiting(() => play.StepAsync("Then phase 1 is established nevertheless")).Should().ThrowAsync<EnvironmentException>();
    }

    [Test]
    public async Task NothingIsWrongWithEastsCertificate()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Signatures, Phase1);
        (await play.FailingStepAsync("Then west does not accept east, because east's certificate has expired")).Came.Should().Be("west discarded nothing");
    }

    [Test]
    public async Task AnotherReasonIsNotTheOneThatWasMeant()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Signatures, "Given east's certificate is revoked", Phase1);
        (await play.FailingStepAsync("Then west does not accept east, because east's certificate has expired")).Came.Should().Contain("Revoked");
    }
}
