// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.Inputs;
using Ipsec.Transports.Sockets;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>
/// One scenario being played: policies first, then a test bed, then actions whose effects the witnesses see. Steps talk
/// to it; it talks to the peer.
/// </summary>
public sealed partial class Scene(ScenarioRun run)
{
    /// <summary>How long anything may take that takes milliseconds on a good day. Waiting ends with the event.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private const string NegativeTag = "negative";

    private readonly List<FlowFault> _flowFaults = [];
    private TestBed? _bed;
    private DateTimeOffset _start;

    /// <summary>The scenario's run: identity, seed, evidence.</summary>
    public ScenarioRun Run { get; } = run;

    /// <summary>The policies that both sides get.</summary>
    public ScenePolicy Policy { get; set; } = run.Peer?.UsualPolicy ?? ScenePolicy.Default;

    /// <summary>The policies of the control: those of a negative scenario before anything was made to disagree.</summary>
    public ScenePolicy ControlPolicy { get; set; } = run.Peer?.UsualPolicy ?? ScenePolicy.Default;

    /// <summary>The bed; there is one from the first action on.</summary>
    public TestBed Bed => _bed ?? throw new InvalidOperationException("the scenario has not done anything yet");

    /// <summary>The faults on the wire.</summary>
    public IReadOnlyList<FlowFault> FlowFaults => _flowFaults;

    /// <summary>Who started the last exchange.</summary>
    public Side Initiator { get; private set; }

    /// <summary>What the peer and west are given where a scenario says nothing else.</summary>
    public ScenePolicy UsualPolicy => Run.Peer?.UsualPolicy ?? ScenePolicy.Default;

    /// <summary>West's identity in this scenario.</summary>
    public string WestIdentity => Policy.West.GivenIdentity?.Identity.ToString() ?? ScenePolicy.WestIdentity(ConnectionName);

    /// <summary>East's identity in this scenario.</summary>
    public string EastIdentity => Policy.East.GivenIdentity?.Identity.ToString() ?? ScenePolicy.EastIdentity(ConnectionName);

    /// <summary>The name of the scenario's connection.</summary>
    public string ConnectionName => ConnectionNameOf(Run.Seed);

    /// <summary>The name that a scenario's connection has.</summary>
    /// <param name="seed">The scenario's seed.</param>
    /// <returns>A name that no other scenario of the run has.</returns>
    public static string ConnectionNameOf(ulong seed) => "s" + Convert.ToHexStringLower(BitConverter.GetBytes((uint)seed));

    /// <summary>Has something happen to a datagram at west's end of the wire.</summary>
    /// <param name="fault">What.</param>
    public void Add(FlowFault fault)
    {
        _flowFaults.Add(fault);
        if (_bed is not null)
        {
            OnLoop(() => Bed.West.Flow.Add(fault));
        }
    }

    /// <summary>Starts phase 1.</summary>
    /// <param name="side">Who starts it.</param>
    public async Task StartPhase1Async(Side side)
    {
        await ControlAsync(side, child: null);
        await OpenAsync();
        await StartAsync(Bed, side, child: null);
    }

    /// <summary>Starts quick mode, with phase 1 before it where there is no IKE SA.</summary>
    /// <param name="side">Who starts it.</param>
    /// <param name="child">Index of the child.</param>
    public async Task StartQuickModeAsync(Side side, int child = 0)
    {
        await ControlAsync(side, child);
        await OpenAsync();
        await StartAsync(Bed, side, child);
    }

    /// <summary>Waits until something holds that the wire or west has seen.</summary>
    /// <param name="condition">What.</param>
    /// <returns>Whether it came to hold in time.</returns>
    /// <exception cref="OperationCanceledException">The user ended the run.</exception>
    public bool WaitUntil(Func<bool> condition) => WaitUntil(Bed, condition, Deadline);

    /// <summary>Waits until something holds that takes its time by itself, such as a timer of east's.</summary>
    /// <param name="condition">What.</param>
    /// <param name="deadline">How long it may take.</param>
    /// <returns>Whether it came to hold in time.</returns>
    /// <exception cref="OperationCanceledException">The user ended the run.</exception>
    public bool WaitUntil(Func<bool> condition, TimeSpan deadline) => WaitUntil(Bed, condition, deadline);

    /// <summary>Waits until the capture shows everything that west has sent and received, so that claims can be judged by it.</summary>
    /// <exception cref="EnvironmentException">It does not: frames were lost on their way into the capture.</exception>
    public void SettleWire()
    {
        if (_bed is not null && !WaitUntil(() => _bed.Wire.Frames.Count >= _bed.PassedByWest))
        {
            throw new EnvironmentException($"the capture shows {_bed.Wire.Frames.Count} frames, but west sent and received {_bed.PassedByWest} packets; {LastEvents}");
        }
    }

    /// <summary>Makes the bed and configures both sides, once.</summary>
    public async Task OpenAsync()
    {
        if (_bed is not null)
        {
            return;
        }

        _bed = await OpenBedAsync(Policy, "");
        Run.SentLastBefore = _bed.SentLastBefore;
        _start = _bed.Loop.Clock.GetUtcNow();
        Run.AtEnd(async _ => await _bed.DisposeAsync());
        Run.AtEnd(KeepEvidenceAsync);
        _bed.Loop.Invoke(() =>
        {
            _flowFaults.ForEach(_bed.West.Flow.Add);
            _preparations.ForEach(prepare => prepare(_bed));
            return true;
        });
    }

    private bool WaitUntil(TestBed bed, Func<bool> condition, TimeSpan deadline)
    {
        // In memory nothing ever waits, and the loop belongs to this thread; on a network the waiting loop must be woken.
        using var wake = bed.Loop is RealEventLoop ? Run.Stopping.Register(() => bed.Loop.Post(static () => { })) : default;
        var held = bed.WaitUntil(() => Run.Stopping.IsCancellationRequested || condition(), deadline);
        Run.Stopping.ThrowIfCancellationRequested();
        return held;
    }

    private async Task<TestBed> OpenBedAsync(ScenePolicy policy, string suffix)
    {
        var peer = Run.Peer ?? throw new InvalidOperationException("the scenario has no peer");
        var bed = await peer.OpenBedAsync(new BedRequest(Run.Seed, policy.Nat, Run.Identity.Tags.Has(PeerAbilities.Misbehaves)), Run.Stopping);
        try
        {
            bed.Wire.StepSource = () => Run.Steps.Current;
            var (west, east) = policy.For(bed.Addresses, ConnectionName + suffix);
            if (bed.WestPeer is { } other)
            {
                // Silence about NATs is our own gateway's: others may be unable to keep it.
                await other.ConfigureAsync(west with { NatTraversal = east.NatTraversal });
            }
            else
            {
                bed.ConfigureWest(west, suffix.Length == 0 ? WestBend : null);
            }

            await bed.East.ConfigureAsync(east);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(TestBed bed, Side side, int? child, string suffix = "")
    {
        Initiator = side;
        if (child >= bed.Addresses.ChildCount)
        {
            throw new UnsupportedException($"the scenario needs networks for {child + 1} children, and the peer has those of {bed.Addresses.ChildCount}");
        }

        if ((side == Side.East ? bed.East : bed.WestPeer) is { } peer)
        {
            await (child is { } index ? peer.InitiateChildAsync(ScenePolicy.Children[index]) : peer.InitiateIkeSaAsync());
            return;
        }

        var connection = ConnectionName + suffix;
        IkeInput command = child is { } number ? new InitiateChildSa(connection, ScenePolicy.Children[number]) : new InitiateIkeSa(connection);
        bed.Loop.Invoke(() =>
        {
            bed.West.Command(command);
            return true;
        });
    }

    /// <summary>
    /// A negative scenario proves nothing unless the same exchange succeeds without the fault: that is tried first, on a
    /// bed of its own.
    /// </summary>
    private async Task ControlAsync(Side side, int? child)
    {
        if (_bed is null && Run.Identity.Tags.Has(NegativeTag))
        {
            await RunControlAsync(side, child);
        }
    }

    private async Task RunControlAsync(Side side, int? child)
    {
        const string Suffix = "c";
        var bed = await OpenBedAsync(ControlPolicy, Suffix);
        await using (bed.ConfigureAwait(false))
        {
            await StartAsync(bed, side, child, Suffix);
            var west = WaitUntil(bed, () => child is null ? bed.West.IkeSas.Count > 0 : bed.West.ChildSas.Count > 0, Deadline);
            var east = await bed.East
                .WaitForSasAsync(sas => child is null ? sas.IkeSas.Any(sa => sa.IsEstablished) : !sas.ChildSas.IsEmpty, Deadline)
                .WaitAsync(Run.Stopping);
            if (!west || !east.Shows(sas => sas.IkeSas.Any(sa => sa.IsEstablished)))
            {
                throw new EnvironmentException("the control failed: the same exchange without the fault gives no SA, so this scenario can say nothing");
            }
        }
    }

    private ImmutableArray<RawFrame> RawFrames => [.. Bed.Wire.Frames.Select(f => new RawFrame(f.Time, f.Bytes, f.Step))];
}
