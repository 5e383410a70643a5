// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.StepDefinitions.Tests.Support;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about packets' sections and SAs' contents can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PacketLies
{
    private const string Tunnel = "Given a tunnel between the networks behind west and east";
    private const string Answered = "Given a ping from behind west to behind east was answered";
    private const string Content = "Then east's data plane holds each SA with the addresses, mode, keys and ICV length that west's has";

    private static IEnumerable<TestCaseData> Keys =>
    [
        Case("another key", keys => keys with { EncryptionKey = [.. keys.EncryptionKey[..^1], (byte)(keys.EncryptionKey[^1] ^ 1)] }, "encryption key "),
        Case("a salt too little", keys => keys with { EncryptionKey = keys.EncryptionKey[..^4] }, "encryption key "),
        Case("an integrity key", keys => keys with { IntegrityKey = [1] }, "integrity key 01"),
        Case("another mode", keys => keys with { Mode = Ipsec.Sa.SaMode.Transport }, "Transport mode"),
        Case("a shorter ICV", keys => keys with { IcvBits = 64 }, "an ICV of 64 bits"),
        Case("ends the wrong way round", keys => keys with { Source = keys.Destination, Destination = keys.Source }, "from 198.51.100."),
    ];

    [TestCaseSource(nameof(Keys))]
    public async Task SasThatHoldSomethingElse(Func<PeerSaKeys, PeerSaKeys> change, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Keys = change });
        await play.StepAsync(Tunnel);
        (await play.FailingStepAsync(Content)).Came.Should().StartWith(came);
    }

    [Test]
    public async Task APairThatLivesLonger()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Listing = sas => sas with { ChildSas = [.. sas.ChildSas.Select(pair => pair with { SecondsToEnd = 3601 })] },
        });
        await play.StepAsync(Tunnel);
        (await play.FailingStepAsync("Then east lists the pair with a life of 3600 seconds, a few of which have passed")).Came.Should().Be("3601");
    }

    [TestCase(0, "4 + 4", "yes", "8 octets from octet 20 on")]
    [TestCase(8, "as sent", "no", "it does not stand there in clear")]
    public async Task PacketsOfOtherSections(int extra, string bytes, string encrypted, string came)
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel, Answered);
        string[] rows = extra == 0
            ? ["IP header|20|no|no", "ESP header|12|no|yes"]
            : ["IP header|20|no|no", "ESP header|8|no|yes", $"IV|{extra}|no|yes", $"payload|{bytes}|{encrypted}|yes"];
        (await play.FailingStepAsync("Then each ESP packet from east consists of", ["section|bytes|encrypted|ICV covers it", .. rows])).Came.Should().EndWith(came);
    }

    private static TestCaseData Case(string lie, Func<PeerSaKeys, PeerSaKeys> change, string came) => new TestCaseData(change, came).SetArgDisplayNames(lie);
}
