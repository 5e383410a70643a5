// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.V1;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about proofs, identities and aggressive mode can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AuthenticationLies
{
    private const ExchangeType MainMode = ExchangeType.IdentityProtection;
    private const string Aggressive = "Given phase 1 runs in aggressive mode";
    private const string Signatures = "Given both sides authenticate with RSA signatures";
    private const string Phase1 = "When west starts phase 1";
    private const string Proofs = "Then the proofs of both sides cover what crossed the wire";
    private const string OnlyHonest = "Then east has accepted the honest phase 1 and not the one before";

    private static IEnumerable<TestCaseData> MessageLies =>
    [
        Case("another hash", BentMessages.Each<HashPayload>(MainMode, 6, hash => new HashPayload(Flipped(hash.Hash))), Proofs, "frame 6: "),
        Case("an identity that the hash does not cover", BentMessages.Each<IdentificationPayload>(MainMode, 6, id => id with { Port = 500, ProtocolId = 17 }), Proofs, "frame 6: "),
        Case(
            "a protocol and a port that phase 1 does not have",
            BentMessages.Each<IdentificationPayload>(MainMode, 6, id => id with { ProtocolId = 6, Port = 80 }),
            "Then every phase 1 identity from east has protocol and port 0 and 0, or 17 and 500",
            "6 and 80"),
        Case(
            "a name with a terminator",
            BentMessages.Each<IdentificationPayload>(MainMode, 6, id => id with { Data = (byte[])[.. id.Data.Span, 0] }),
            "Then every identity from east has data in the form of its type",
            "00"),
        Case(
            "another identity",
            BentMessages.Each<IdentificationPayload>(MainMode, 6, id => IdentificationPayload.UserFqdn(Encoding.ASCII.GetString(id.Data.Span))),
            "Then each side claims the identity that its policy names",
            "UserFqdn"),
    ];

    [TestCaseSource(nameof(MessageLies))]
    public async Task AClaimAboutMessage6Fails(object messages, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = (IOutboundSeams)messages });
        await play.StepAsync(Phase1);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task AnotherSignature()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = BentMessages.Each<SignaturePayload>(MainMode, 6, sig => new SignaturePayload(Flipped(sig.Signature))) });
        await play.StepsAsync(Signatures, Phase1);
        play.Scene.WaitUntil(() => false);
        var failure = await play.FailingStepAsync(Proofs);
        failure.Legal.Should().StartWith("SIG_R is a signature of HASH_R");
        failure.Came.Should().EndWith(": 256 octets, not a signature of this hash by any of these keys");
    }

    [Test]
    public async Task TheHashOfTheOtherMethodIsNoProof()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = BentMessages.Each<SignaturePayload>(MainMode, 6, sig => new HashPayload(sig.Signature[..32])) });
        await play.StepsAsync(Signatures, Phase1);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(Proofs)).Came.Should().EndWith(": no SIG");
    }

    [Test]
    public async Task AnSaInSpiteOfAWrongProof()
    {
        Play? play = null;
        await using var opened = play = await Play.OpenAsync(new Lie
        {
            Listing = sas => play!.Scene.FirstCookie is { } first ? sas with { IkeSas = [.. sas.IkeSas, new(first, new(7), false, true)] } : sas,
        });
        await play.StepsAsync("When west starts phase 1, but west's hash is wrong", "When west then starts phase 1 honestly");
        (await play.FailingStepAsync(OnlyHonest)).Came.Should().Contain("0000000000000007 established");
    }

    [Test]
    public async Task AHonestPhase1ThatFails()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = BentMessages.Each<HashPayload>(MainMode, 6, hash => new HashPayload(Flipped(hash.Hash))) });
        await play.StepsAsync("When west starts phase 1, but west's hash is wrong", "When west then starts phase 1 honestly");
        (await play.FailingStepAsync(OnlyHonest)).Came.Should().StartWith("it is not; ");
    }

    [Test]
    public async Task AWrongProofThatWasNeverSentShowsNothing()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync("When west starts phase 1, but west's signature is wrong");
        await FluentActions.Awaiting(() => play.StepAsync("When west then starts phase 1 honestly")).Should().ThrowAsync<EnvironmentException>();
    }

    [Test]
    public async Task AnIdentityThatIsAcceptedAllTheSame()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync(Phase1);
        (await play.FailingStepAsync("Then east does not accept west")).Came.Should().EndWith(" established");
    }

    [Test]
    public async Task ANotificationOfStatusInAggressiveMode()
    {
        var status = new NotificationPayload(1, ProtocolId.Isakmp, default, NotifyType.InitialContact, default);
        await using var play = await Play.OpenAsync(new Lie { Messages = new BentMessages(ExchangeType.Aggressive, 2) { Payloads = payloads => [.. payloads, status] } });
        await play.StepsAsync(Aggressive, Phase1);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then no notification of status is part of aggressive mode")).Came.Should().Be("frame 2: InitialContact in message 2");
    }

    [Test]
    public async Task QuickModeInThePlaceOfARepetition()
    {
        await using var play = await Play.OpenAsync(new Lie { Datagrams = OnceQuickMode() });
        await play.StepsAsync(
            Aggressive, "Given aggressive mode message 3 is lost once", Phase1, "When west starts quick mode once phase 1 is complete on its side");
        (await play.FailingStepAsync("Then east answers no quick mode message before message 3, which completes phase 1 on its side")).Came.Should().Contain(": east: Quick Mode");
    }

    [Test]
    public async Task AnOctetTooFewBehindTheNonce()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<KeyExchangePayload>(MainMode, 4, ke => new KeyExchangePayload(ke.PublicValue[1..])),
        });
        await play.StepsAsync("Given both sides authenticate with revised RSA encryption", Phase1);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then behind the encrypted nonce of each side the lengths of all payloads are whole cipher blocks")).Came.Should().StartWith("frame 4: KeyExchange of ");
    }

    [Test]
    public async Task ARepetitionOfAggressiveModeThatIsAnother()
    {
        var seen = new HashSet<string>();
        await using var play = await Play.OpenAsync(new Lie
        {
            Datagrams = datagram =>
            {
                datagram[^1] ^= seen.Add(Convert.ToHexString(datagram)) ? (byte)0 : (byte)1;
                return datagram;
            },
        });
        await play.StepsAsync(Aggressive, "Given aggressive mode message 2 is lost once", Phase1);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then what east had to send again it sent again octet for octet")).Came.Should().Contain("different ones: ");
    }

    private static TestCaseData Case(string lie, IOutboundSeams messages, string claim, string came) => new TestCaseData(messages, claim, came).SetArgDisplayNames(lie);

    private static byte[] Flipped(ReadOnlyMemory<byte> octets)
    {
        var flipped = octets.ToArray();
        flipped[^1] ^= 1;
        return flipped;
    }

    /// <summary>The first datagram that is sent again becomes one of quick mode.</summary>
    private static Func<byte[], byte[]> OnceQuickMode()
    {
        var seen = new HashSet<string>();
        var isDone = false;
        return datagram =>
        {
            if (!isDone && !seen.Add(Convert.ToHexString(datagram)))
            {
                isDone = true;
                datagram = [.. datagram];
                datagram[18] = (byte)ExchangeType.QuickMode;
                datagram[23] = 1;
            }

            return datagram;
        };
    }
}
