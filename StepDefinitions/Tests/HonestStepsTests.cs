// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Tests.Support;

namespace Ipsec.StepDefinitions.Tests;

/// <summary>Every step holds where it should: against the suite's own peer, and against a peer that could lie and does not.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HonestStepsTests
{
    private static readonly string[] Layout =
    [
        "section|bytes", "Ethernet header: all of it|6 + 6 + 2", "outer IP header|20", "ESP header|4 + 4", "IV|8", "encrypted|as sent",
        "encrypted ESP trailer|to 4", "integrity check value|16",
    ];

    private static readonly string[] Suites = ["encryption|hash|group", "AES-CBC-256|HMAC-SHA1|MODP-2048"];

    private static readonly string[] MainMode =
    [
        "from|exchange|encrypted|payloads", "west|Identity Protection|no|SA, VID*", "east|Identity Protection|no|SA, VID*",
        "west|Identity Protection|no|KE, NONCE", "east|Identity Protection|no|KE, NONCE",
        "west|Identity Protection|yes|ID, HASH, N*", "east|Identity Protection|yes|ID, HASH, N*",
    ];

    private static readonly string[] QuickMode =
    [
        "from|exchange|encrypted|payloads", "east|Quick Mode|yes|HASH, SA, NONCE, KE, ID, ID, N*", "west|Quick Mode|yes|HASH, SA, NONCE, KE, ID, ID, N*",
        "east|Quick Mode|yes|HASH",
    ];

    private static readonly Dictionary<string, string[]> Tables = new()
    {
        ["Then these messages cross the wire, in this order"] = MainMode,
        ["Then these messages cross the wire after phase 1, in this order"] = QuickMode,
        ["Then each ESP frame from east is laid out as"] = Layout,
        ["Given west offers or accepts for phase 1"] = Suites,
        ["Given east offers or accepts for phase 1"] = Suites,
    };

    /// <summary>Scenarios that between them say everything.</summary>
    private static readonly (string Name, string[] Tags, string[] Steps)[] Plays =
    [
        ("main mode", [],
        [
            "Given west and east share a pre-shared key", "Given phase 1 uses AES-CBC-128, HMAC-SHA1 and MODP-2048",
            "When west starts phase 1 in main mode", "Then phase 1 is established", "Then phase 1 is established with AES-CBC-128, HMAC-SHA1 and MODP-2048",
            "Then these messages cross the wire, in this order", "Then both sides hold an established IKE SA with the same cookies",
            "Then both sides hold one established IKE SA with the same cookies", "Then neither identity appears in clear in any frame",
            "Then the identities decrypt to those that the policies name", "Then every public value is as long as MODP-2048 demands",
            "Then every header from east has version 1.0, known flags, its true length and, in phase 1, message ID 0",
            "Then east's cookie is not zero and stays the same", "Then every reserved field from east is zero",
            "Then an observer who has only the encryption key reads every message", "Then the padding of every encrypted message from east is zero",
            "Then every SA payload from east names the IPsec DOI, the identity-only situation and one ISAKMP proposal of KEY_IKE transforms",
            "Then basic attributes from east are of the short form", "Then message 2 holds one transform of message 1, its attributes unchanged",
        ]),
        ("chosen from tables", [],
        [
            "Given west offers or accepts for phase 1", "Given east offers or accepts for phase 1", "When east starts phase 1 in main mode",
            "Then phase 1 is established with AES-CBC-256, HMAC-SHA1 and MODP-2048", "Then east's cookie is not zero and stays the same",
        ]),
        ("different keys", ["negative"],
        [
            "Given east has another pre-shared key than west", "When west starts phase 1 in main mode",
            "Then east says that it cannot accept the message it received", "Then no side holds an established IKE SA",
        ]),
        ("no common proposal", ["negative"],
        [
            "Given east offers or accepts for phase 1", "When west starts phase 1 in main mode",
            "Then east notifies the other side of NO-PROPOSAL-CHOSEN, in clear", "Then no side holds an established IKE SA",
        ]),
        ("a rekey", [],
        [
            "Given a tunnel between the networks behind west and east", "When east rekeys the pair of ESP SAs",
            "Then a second quick mode gives a new pair of ESP SAs under the same IKE SA",
            "Then a ping from behind west to behind east is answered", "Then east sends with the SPI of the new pair",
        ]),
        ("no common ESP proposal", ["negative"],
        [
            "Given west uses AES-GCM-16-128 for ESP", "Given east uses AES-CBC-256 and HMAC-SHA2-256-128 for ESP", "When east starts quick mode",
            "Then west notifies the other side of NO-PROPOSAL-CHOSEN, under the IKE SA", "Then no side holds an ESP SA",
        ]),
        ("quick mode with PFS", [],
        [
            "Given phase 2 uses perfect forward secrecy in ECP-256", "When east starts quick mode", "Then these messages cross the wire after phase 1, in this order",
            "Then both sides hold one pair of ESP SAs with matching SPIs", "Then every transform of the quick mode names ECP-256",
            "Then every quick mode message has the cookies of the IKE SA and a message ID that is not zero", "Then the ESP SAs use AES-GCM-16-128",
            "Then a ping from behind west to behind east is answered",
        ]),
        ("two quick modes and a Delete", [],
        [
            "When west starts quick mode", "When west starts another quick mode for other networks", "Then both sides hold two pairs of ESP SAs with matching SPIs",
            "Then both quick modes ran under the same IKE SA with message IDs of their own",
        ]),
        ("a Delete", [],
        [
            "Given a tunnel between the networks behind west and east", "Given a ping from behind west to behind east was answered",
            "When an ESP frame with a new echo request is held back",
            "When east deletes the pair of ESP SAs", "Then east sends one Delete for ESP under the IKE SA, with the SPI on which it received",
            "Then no side holds an ESP SA", "When the frame that was held back is sent once east has no ESP SA", "When the tunnel is set up again",
            "When a host behind west pings a host behind east 1 time", "Then the bad frame was not answered, and the good one behind it was",
        ]),
        ("traffic", [],
        [
            "Given phase 2 uses AES-GCM-16-128", "Given a tunnel between the networks behind west and east", "When a host behind east pings a host behind west 4 times",
            "Then every ping is answered", "Then the ESP frames from east are numbered 1, 2, 3, 4", "Then the frames on the wire are ESP between the gateways only",
            "Then neither inner address nor payload appears in clear in any frame", "Then every ESP frame decrypts to the ICMP echo that was sent",
            "Then each ESP frame from east is laid out as", "Then the padding of every ESP frame from east is 1, 2, 3 and so on",
            "Then no two ESP frames from east have the same IV",
        ]),
        ("replay", ["negative"],
        [
            "Given a tunnel between the networks behind west and east", "Given a ping from behind west to behind east was answered",
            "When the last ESP frame from west is sent once more", "When a host behind west pings a host behind east 1 time",
            "Then the bad frame was not answered, and the good one behind it was",
        ]),
        ("damage", ["negative"],
        [
            "Given a tunnel between the networks behind west and east", "When an ESP frame with a new echo request is sent with one bit flipped in the ciphertext",
            "When a host behind west pings a host behind east 1 time", "Then the bad frame was not answered, and the good one behind it was",
        ]),
        ("damage far ahead", ["negative"],
        [
            "Given a tunnel between the networks behind west and east",
            "When an ESP frame with a new echo request and a sequence number 1000000 ahead is sent with one bit flipped in the integrity check value",
            "When a host behind west pings a host behind east 1 time", "Then the bad frame was not answered, and the good one behind it was",
        ]),
        ("unknown SPI", ["negative"],
        [
            "Given a tunnel between the networks behind west and east", "When an ESP frame with a new echo request is sent with an SPI that nobody negotiated",
            "When a host behind west pings a host behind east 1 time", "Then the bad frame was not answered, and the good one behind it was",
        ]),
        ("loss", [],
        [
            "Given main mode message 4 is lost once", "When west starts phase 1 in main mode", "Then phase 1 is established",
            "Then what east had to send again it sent again octet for octet",
        ]),
        ("duplicate", [],
        [
            "Given main mode message 3 arrives twice", "When west starts phase 1 in main mode", "Then phase 1 is established",
            "Then every answer to the duplicate equals the first answer",
        ]),
    ];

    private static IEnumerable<TestCaseData> Honest =>
        from play in Plays
        from lie in new[] { null, new Lie() }
        select new TestCaseData(play.Tags, play.Steps, lie).SetArgDisplayNames(play.Name, lie is null ? "self" : "twisted, but honest");

    [TestCaseSource(nameof(Honest))]
    public async Task EveryStepHolds(string[] tags, string[] steps, object? lie)
    {
        await using var play = await Play.OpenAsync((Lie?)lie, tags);
        foreach (var step in steps)
        {
            await play.StepAsync(step, Tables.GetValueOrDefault(step, []));
        }
    }

    [Test]
    public void EveryDefinitionIsPlayed()
    {
        var played = Plays.SelectMany(play => play.Steps).Select(step => step.Split(' ', 2))
            .SelectMany(words => StepVocabulary.Matching(words[0], words[1])).Select(binding => binding.Method).ToHashSet();
        StepVocabulary.Bindings.Select(binding => binding.Method).Where(method => !played.Contains(method))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Should().BeEmpty();
    }
}
