// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>
/// One scenario against one peer, while it runs. Steps take it by constructor injection: it knows the peer, the seed and where
/// evidence goes, and cleans up behind them.
/// </summary>
public sealed class ScenarioRun
{
    private readonly Stack<Func<ScenarioOutcome, ValueTask>> _endings = new();
    private readonly List<string> _remarks = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly RunSession _session;

    internal ScenarioRun(RunSession session, ScenarioIdentity identity)
    {
        _session = session;
        Identity = identity;
        Seed = ScenarioIds.SeedOf(session.Seed, identity.Id, identity.Peer);
        var variant = session.Round > 1 ? $"round{session.Round}" : "";
        Evidence = new EvidenceFolder(session.Options.OutputDirectory, identity.Peer, identity.Id, variant);
    }

    /// <summary>Which scenario, and against which peer.</summary>
    public ScenarioIdentity Identity { get; }

    /// <summary>The running peer. Set before the first step.</summary>
    public IPeer? Peer { get; private set; }

    /// <summary>Tells whether the last packet that the peer got before a time was this scenario's; null while it has sent none.</summary>
    public Func<DateTimeOffset, bool>? SentLastBefore { get; set; }

    /// <summary>Seed of everything random in this scenario.</summary>
    public ulong Seed { get; }

    /// <summary>The steps as far as they were reached.</summary>
    public StepTrail Steps { get; } = new();

    /// <summary>How long the scenario has been running.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Whoever waits, waits with this: it is cancelled when the user ends the run.</summary>
    public CancellationToken Stopping => _session.Stopping;

    /// <summary>The scenario's evidence folder. It is made by whoever writes the first file.</summary>
    public EvidenceFolder Evidence { get; }

    /// <summary>Whether evidence of this outcome is to be kept.</summary>
    public bool KeepsEvidence(ScenarioOutcome outcome) =>
        _session.Options.Evidence == EvidenceMode.All || outcome is not { Verdict: Verdict.Unsupported or Verdict.Pass, Failure: null };

    /// <summary>
    /// Has something done at the scenario's end, pass or fail: evidence written, a network taken down. The last one added is done first.
    /// What it throws becomes a fault of the suite, or of the environment for an <see cref="EnvironmentException"/>.
    /// </summary>
    public void AtEnd(Func<ScenarioOutcome, ValueTask> ending) => _endings.Push(ending);

    /// <summary>Notes something that whoever reads a pass must know of it, once.</summary>
    public void Remark(string remark)
    {
        lock (_remarks)
        {
            if (!_remarks.Contains(remark))
            {
                _remarks.Add(remark);
            }
        }
    }

    /// <summary>Waits for the peer.</summary>
    /// <exception cref="EnvironmentException">It cannot be had here.</exception>
    public async Task ConnectAsync() => Peer = await _session.Peers.RequireAsync(Identity.Peer);

    /// <summary>Whether a crash is this scenario's finding: the last packet before it was sent here.</summary>
    public bool IsBlamedFor(PeerCrash crash)
    {
        ArgumentNullException.ThrowIfNull(crash);
        return SentLastBefore?.Invoke(crash.At) ?? false;
    }

    /// <summary>Notes that a step starts.</summary>
    public void StepStarts(string keyword, string text)
    {
        Steps.Add(keyword, text);
        _session.Observer?.StepStarted(this, $"{keyword} {text}");
    }

    /// <summary>Ends the scenario: does what was to be done at its end, and makes its record.</summary>
    public async Task<ScenarioRecord> EndAsync(ScenarioOutcome outcome)
    {
        while (_endings.TryPop(out var ending))
        {
            try
            {
                await ending(outcome);
            }
            catch (PeerCrashedException error) when (IsBlamedFor(error.Crash))
            {
                outcome = OutcomeRules.OfCrash(error, Identity.Tags, _session.Ledger, Steps);
            }
            catch (EnvironmentException error)
            {
                // Without the peer nothing that came is its answer: neither a pass nor a failure stands.
                outcome = outcome.WithoutPeer(error.Message);
            }
            catch (Exception error)
            {
                outcome = outcome.WithFault($"While the scenario was cleaned away: {error}");
            }
        }

        var evidence = Directory.Exists(Evidence.Path) ? Evidence.RelativePath : null;
        var path = evidence is null ? null : Path.Combine(_session.Options.OutputDirectory, evidence);
        return Identity.ToRecord(outcome.Verdict, Elapsed, outcome.ToMessage(path) ?? Remarks, evidence);
    }

    /// <summary>Null for none. A failure's five lines stand alone.</summary>
    private string? Remarks
    {
        get
        {
            lock (_remarks)
            {
                return _remarks.Count == 0 ? null : string.Join('\n', _remarks);
            }
        }
    }
}
