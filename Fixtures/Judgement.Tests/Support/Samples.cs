// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement.Tests.Support;

/// <summary>Made-up results: every verdict once, two peers.</summary>
internal static class Samples
{
    public const string Ledger = """
        id,level,role,requirement,how_observed,testable,priority,verified
        RFC2409-5-08,MUST,both,Nonce data is 8 to 256 octets.,"Send 7 octets, then 257.",wire,1,yes
        RFC2409-5.4-01,MUST,both,Six messages in this order.,Watch them.,wire,1,yes
        RFC2408-5.4-03,MAY,receiver,"If no proposal fits, a notify is sent.",Offer nonsense.,wire,1,yes
        RFC2408-5.1-04,SHOULD,sender,Gaps get longer.,Do not answer.,wire,2,no
        RFC2409-5-12,MUST NOT,initiator,A changed reply is not accepted.,Change it.,vector,3,yes
        RFC2409-3.2-01,MUST,responder,One proposal in the reply.,Offer five.,not-on-wire,1,yes
        """;

    public static readonly PeerRecord StrongSwan = new("strongswan", "5.9.8", "conformance/strongswan@sha256:0123", "user-mode-linux");
    public static readonly PeerRecord Self = new("self", "0.1.0", null, "in-memory");

    public static RunHeader Header { get; } = new(
        new SuiteRecord("0.1.0", "4f1c2d9"),
        new DateTimeOffset(2026, 11, 23, 15, 4, 5, TimeSpan.Zero),
        ulong.MaxValue,
        new EnvironmentRecord("Debian GNU/Linux 12", "6.18.5", null),
        [Self]);

    public static Failure Failure { get; } = new(
        "RFC2409-5-08", "Nonce data is 8 to 256 octets.", "Main Mode message 3", "silence; or a notify", "Main Mode message 4");

    /// <summary>One record for each verdict, in the verdicts' order.</summary>
    public static ImmutableArray<ScenarioRecord> OfEveryVerdict { get; } =
    [
        Record("IKE1-MM-001", Verdict.Pass),
        Record("IKE1-MM-002", Verdict.Fail, Failure.ToMessage("evidence/strongswan/IKE1-MM-002")) with { Evidence = "evidence/strongswan/IKE1-MM-002" },
        Record("IKE1-MM-003", Verdict.NonStrict, "gaps are equal") with { Level = Level.Should },
        Record("IKE1-MM-004", Verdict.Unsupported, "no transport mode"),
        Record("IKE1-MM-005", Verdict.Known, "as listed"),
        Record("IKE1-MM-006", Verdict.Fixed, "passes now"),
        Record("IKE1-MM-007", Verdict.Environment, "control failed"),
        Record("IKE1-MM-008", Verdict.HarnessError, "InvalidOperationException\n  at X"),
    ];

    public static RunResults Results(params ScenarioRecord[] scenarios) =>
        RunResults.From(Header, TimeSpan.FromSeconds(83.4), [Self, StrongSwan], scenarios);

    public static ScenarioRecord Record(string id, Verdict verdict, string? message = null) => new(
        id,
        "Scenario " + id,
        "IKEv1 Main Mode",
        [$"id:{id}", "clause:RFC2409-5-08", "must", "ikev1", "judges:both"],
        ["RFC2409-5-08"],
        Level.Must,
        "strongswan",
        Role.Responder,
        verdict,
        12.5,
        message,
        null);

    public static ClauseLedger LoadLedger() => ClauseLedger.Load([("sample", new StringReader(Ledger))]);
}
