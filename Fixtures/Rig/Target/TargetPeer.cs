// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Capture;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>A device that the suite does not control. It knows one address of ours, so scenarios have it one after the other.</summary>
internal sealed class TargetPeer(TargetProfile profile, IPAddress target, BridgeCapture capture) : IPeer
{
    /// <summary>A device that is gone would cost every later scenario a probe.</summary>
    private const int MostVainProbes = 3;

    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly EarlierScenarios _earlier = new();
    private readonly Dictionary<ulong, ulong> _uses = [];
    private bool _wasSilent;
    private int _vainProbes;

    public PeerRecord Record { get; } = new(TargetDriver.PeerName, profile.Name, Image: null, "remote");

    public string? Engine => null;

    public ScenePolicy UsualPolicy { get; } = TargetPolicies.Usual(profile);

    public async Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            // A device that has not said a word in the scenario before may be gone: its silence is no answer then.
            if (_wasSilent && profile.CanRespond)
            {
                await DemandAnswerAsync(cancellation);
            }

            return Open(request, EndTurn);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>
    /// A control has its scenario's seed, and so its cookies; a device that is not cleared in between would take the second of them for a
    /// repetition of the first.
    /// </summary>
    private ulong FreshSeed(ulong seed)
    {
        var before = _uses.GetValueOrDefault(seed);
        _uses[seed] = before + 1;
        return seed ^ (before << 48);
    }

    /// <summary>
    /// Tries phase 1 once, with what the profile says: a device that is not there, or is configured otherwise, would break every MUST.
    /// </summary>
    /// <returns>What is wrong; null for nothing.</returns>
    public async Task<string?> ProbeAsync(CancellationToken cancellation)
    {
        const string Name = "probe";
        var bed = Open(new BedRequest(RunOptions.RandomSeed()), static _ => { });
        await using (bed.ConfigureAwait(false))
        {
            var usual = UsualPolicy.Both(side => side with { Mode = profile.Modes[0] });
            bed.ConfigureWest(usual.For(bed.Addresses, Name).West);
            bed.Loop.Invoke(() =>
            {
                bed.West.Command(new InitiateIkeSa(Name));
                return true;
            });
            var isEstablished = await Task.Run(() => bed.WaitUntil(() => bed.West.IkeSas.Count > 0 || bed.WestWitness.Saw<ExchangeFailed>().Any(), ProbeDeadline), cancellation);
            if (isEstablished && bed.Loop.Invoke(() => bed.West.IkeSas.Count > 0))
            {
                return null;
            }

            var came = bed.WestWitness.Saw<PeerNotified>().Select(told => $"it notified {told.Notification.NotifyType}")
                .Concat(bed.WestWitness.Saw<ExchangeFailed>().Select(failed => failed.Reason)).Take(2);
            return $"{target} does not complete phase 1 with what the profile says: {string.Join("; ", came.DefaultIfEmpty(Silence(bed)))}";
        }
    }

    private static string Silence(TestBed bed) => bed.WestWitness.Saw<IkeSaKeyed>().Any()
        ? "it does not answer the first encrypted message, as with another pre-shared key"
        : "it answers nothing";

    /// <exception cref="EnvironmentException">The device is gone, now or for good.</exception>
    private async Task DemandAnswerAsync(CancellationToken cancellation)
    {
        if (_vainProbes == MostVainProbes)
        {
            throw new EnvironmentException($"{target} has answered none of {MostVainProbes} attempts at phase 1 and is not tried again");
        }

        if (await ProbeAsync(cancellation) is { } problem)
        {
            _vainProbes++;
            throw new EnvironmentException(problem);
        }

        _vainProbes = 0;
    }

    private TargetTestBed Open(BedRequest request, Action<bool> free)
    {
        try
        {
            var addresses = TargetPolicies.Addresses(profile, target) with { Nat = request.Nat };
            return new TargetTestBed(capture, addresses, new TargetEastSide(profile, target, _earlier), _earlier, FreshSeed(request.Seed), free);
        }
        catch (SocketException error)
        {
            throw new EnvironmentException($"west cannot stand on {profile.OurAddress}: {error.Message}", error);
        }
    }

    private void EndTurn(bool wasSilent)
    {
        _wasSilent = wasSilent;
        _turn.Release();
    }

    public ValueTask DisposeAsync()
    {
        capture.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }
}
