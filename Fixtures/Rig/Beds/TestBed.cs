// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Gateway;
using Ipsec.Ike;
using Ipsec.Ike.V1.Policy;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>
/// What one scenario plays on: west, our own gateway; east, the judged peer; and the wire between them. Made by the
/// peer, taken down at the scenario's end.
/// </summary>
public abstract class TestBed : IAsyncDisposable
{
    /// <summary>Where west lives: virtual time in memory, real time on a network.</summary>
    public abstract IEventLoop Loop { get; }

    /// <summary>Our own gateway. To be used on <see cref="Loop"/> only.</summary>
    public abstract SecurityGateway West { get; }

    /// <summary>Another implementation in our own gateway's place; null where it is ours.</summary>
    public virtual IEastSide? WestPeer => null;

    /// <summary>The judged peer.</summary>
    public abstract IEastSide East { get; }

    /// <summary>Who has which address.</summary>
    public abstract BedAddresses Addresses { get; }

    /// <summary>West's policy before any fault bent it; null until it has one.</summary>
    public PeerPolicy? WestPolicy { get; private set; }

    /// <summary>What west did and noticed.</summary>
    public GatewayWitness WestWitness { get; } = new();

    /// <summary>What happens to west's IKE messages before they leave. To be used on <see cref="Loop"/> only.</summary>
    public FaultSeams Faults { get; } = new();

    /// <summary>What crossed the wire.</summary>
    public FrameLog Wire { get; } = new();

    /// <summary>The NATs on the path, nearest to west first. To be used on <see cref="Loop"/> only.</summary>
    public virtual IReadOnlyList<NatStage> Nats => [];

    /// <summary>How bad the network between west and the wire is. To be used on <see cref="Loop"/> only.</summary>
    public virtual LinkConditions Network
    {
        get => LinkConditions.None;
        set => throw new NotSupportedException($"this bed has no network to make as bad as {value}");
    }

    /// <summary>Packets that west has sent and received. A capture on a real network lags behind; in memory it cannot.</summary>
    public virtual int PassedByWest => 0;

    /// <summary>Whether the last packet that the peer got before a time came from this bed.</summary>
    /// <param name="time">The time, by this host's clock.</param>
    public virtual bool SentLastBefore(DateTimeOffset time) => true;

    /// <summary>Puts an outer IPv4 packet on the wire towards east, as anyone on the path could.</summary>
    /// <param name="packet">The packet, header included.</param>
    public abstract void Inject(ReadOnlyMemory<byte> packet);

    /// <summary>Gives west its policy.</summary>
    /// <param name="policy">West's side of it.</param>
    /// <param name="bend">What a scenario makes of it that no neutral policy can say; null for nothing.</param>
    /// <exception cref="ArgumentException">The policy could never work: the scenario is wrong.</exception>
    public void ConfigureWest(PeerPolicy policy, Func<ConnectionPolicy, ConnectionPolicy>? bend = null)
    {
        var honest = IkeV1Policy.From(policy, WestTimers);
        WestPolicy = policy;
        var errors = Loop.Invoke(() => West.Add(bend?.Invoke(honest) ?? honest));
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(policy));
        }
    }

    /// <summary>Waits until what the witnesses saw fulfils a condition.</summary>
    /// <param name="condition">Evaluated after every event.</param>
    /// <param name="deadline">How long to wait at most.</param>
    /// <returns>Whether it was fulfilled in time.</returns>
    public bool WaitUntil(Func<bool> condition, TimeSpan deadline) => Loop.WaitUntil(condition, deadline);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>West's retransmission timers: short, because the network is near.</summary>
    private static RetransmissionPolicy WestTimers { get; } = new(TimeSpan.FromMilliseconds(700), 1.6, 4);
}
