// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>
/// The run of this process: what it was asked to do, its peers, and its records. The command line begins one before it runs scenarios;
/// under a plain <c>dotnet test</c> the first scenario does, from the environment.
/// </summary>
public sealed class RunSession : IAsyncDisposable
{
    private static readonly Lock CurrentGate = new();
    private static RunSession? s_current;

    private readonly Stack<Func<ValueTask>> _cleanups = new();
    private readonly Lock _cleanupGate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ScenarioRecord> _records = new();
    private readonly ConcurrentDictionary<string, byte> _finishedTests = new(StringComparer.Ordinal);

    /// <summary>Makes a session.</summary>
    /// <param name="options">What the run is asked to do.</param>
    /// <param name="catalog">The peers that can be asked for.</param>
    /// <param name="ledger">The clauses.</param>
    /// <param name="say">Tells the user, in one line, what takes long.</param>
    public RunSession(RunOptions options, PeerCatalog catalog, ClauseLedger ledger, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Ledger = ledger;
        Peers = new PeerPool(catalog, new PeerStartRequest(options.MayInstall, say, Stopping));
        if (!options.Keep)
        {
            RegisterCleanup(Peers.DisposeAsync);
        }
    }

    /// <summary>The session of this process.</summary>
    public static RunSession Current
    {
        get
        {
            lock (CurrentGate)
            {
                return s_current ??= new RunSession(RunOptions.FromEnvironment(), PeerCatalog.Default, LoadLedger(), Console.Error.WriteLine)
                {
                    EndsWithTests = true,
                };
            }
        }
    }

    /// <summary>What the run was asked to do.</summary>
    public RunOptions Options { get; }

    /// <summary>The clauses.</summary>
    public ClauseLedger Ledger { get; }

    /// <summary>The peers of this run.</summary>
    public PeerPool Peers { get; }

    /// <summary>Where records are written as they come; null when nobody asked for results, as under a plain <c>dotnet test</c>.</summary>
    public ResultsJournal? Journal { get; set; }

    /// <summary>Is told what happens; null when nobody watches.</summary>
    public IRunObserver? Observer { get; set; }

    /// <summary>Whether the session ends with the test run, because nobody else will end it.</summary>
    public bool EndsWithTests { get; private init; }

    /// <summary>Which repetition this is, from 1.</summary>
    public int Round { get; private set; } = 1;

    /// <summary>The seed of this repetition: the run's seed for the first, one more for each further, so that any can be run alone.</summary>
    public ulong Seed => Options.Seed + (ulong)Round - 1;

    /// <summary>The records so far, in the order they came.</summary>
    public IReadOnlyCollection<ScenarioRecord> Records => _records;

    /// <summary>Cancelled when the user ends the run.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Makes a session the one of this process.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public static void Begin(RunSession session)
    {
        lock (CurrentGate)
        {
            s_current = s_current is null ? session : throw new InvalidOperationException("a run session has begun already");
        }
    }

    /// <summary>Reads the clause ledger that lies beside the program.</summary>
    public static ClauseLedger LoadLedger() => ClauseLedger.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Ledger"));

    /// <summary>Starts the next repetition.</summary>
    public void BeginRound(int round)
    {
        Round = round;
        _finishedTests.Clear();
    }

    /// <summary>Starts a scenario.</summary>
    public ScenarioRun StartScenario(ScenarioIdentity identity)
    {
        var scenario = new ScenarioRun(this, identity);
        Observer?.ScenarioStarted(scenario);
        return scenario;
    }

    /// <summary>
    /// Takes a scenario's record. When the user ended the run, only a pass still counts: what else came may be the interruption's doing.
    /// </summary>
    public void Finish(string testId, ScenarioRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!_finishedTests.TryAdd(testId, 0))
        {
            throw new InvalidOperationException($"{record.Id} against {record.Peer} has a record already");
        }

        if (Stopping.IsCancellationRequested && record.Verdict != Verdict.Pass)
        {
            Observer?.ScenarioFinished(testId, record: null);
            return;
        }

        Journal?.Append(record);
        _records.Enqueue(record);
        Observer?.ScenarioFinished(testId, record);
    }

    /// <summary>Whether a test of this repetition has come to its end and delivered its record.</summary>
    public bool HasFinished(string testId) => _finishedTests.ContainsKey(testId);

    /// <summary>The user ends the run: whoever waits in a scenario gives up.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>Has something done when the run ends, however it ends. The last one registered is done first.</summary>
    public void RegisterCleanup(Func<ValueTask> cleanup)
    {
        lock (_cleanupGate)
        {
            _cleanups.Push(cleanup);
        }
    }

    /// <summary>Cleans up: every registered cleanup is tried.</summary>
    /// <exception cref="AggregateException">Some failed.</exception>
    public async ValueTask DisposeAsync()
    {
        var errors = new List<Exception>();
        while (NextCleanup() is { } cleanup)
        {
            try
            {
                await cleanup();
            }
            catch (Exception error)
            {
                errors.Add(error);
            }
        }

        Journal?.Dispose();
        if (errors.Count > 0)
        {
            throw new AggregateException("The run could not be cleaned away.", errors);
        }
    }

    private Func<ValueTask>? NextCleanup()
    {
        lock (_cleanupGate)
        {
            return _cleanups.TryPop(out var cleanup) ? cleanup : null;
        }
    }
}
