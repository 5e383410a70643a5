// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Ike.Effects;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>Remembers what our own gateway did and noticed: the second witness. Readable from any thread.</summary>
public sealed class GatewayWitness : IGatewayObserver
{
    private volatile ImmutableList<IkeEffect> _effects = [];
    private volatile ImmutableList<(EspOutcome Outcome, ReadOnlyMemory<byte> Packet)> _esp = [];
    private volatile ImmutableList<ReadOnlyMemory<byte>> _delivered = [];
    private volatile ImmutableList<AuditRecord> _audited = [];

    /// <summary>What the IKE endpoint did, in order.</summary>
    public ImmutableList<IkeEffect> Effects => _effects;

    /// <summary>The ESP packets it received, and what became of them.</summary>
    public ImmutableList<(EspOutcome Outcome, ReadOnlyMemory<byte> Packet)> Esp => _esp;

    /// <summary>The inner packets that reached the hosts behind it.</summary>
    public ImmutableList<ReadOnlyMemory<byte>> Delivered => _delivered;

    /// <summary>The events that it would write into an audit log.</summary>
    public ImmutableList<AuditRecord> Audited => _audited;

    /// <summary>The effects of one kind.</summary>
    /// <typeparam name="T">Kind of effect.</typeparam>
    /// <returns>In order.</returns>
    public IEnumerable<T> Saw<T>()
        where T : IkeEffect => _effects.OfType<T>();

    /// <inheritdoc/>
    public void OnIke(IkeEffect effect) => _effects = _effects.Add(effect);

    /// <inheritdoc/>
    public void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet) => _esp = _esp.Add((outcome, packet));

    /// <inheritdoc/>
    public void OnDelivered(ReadOnlyMemory<byte> innerPacket) => _delivered = _delivered.Add(innerPacket);

    /// <inheritdoc/>
    public void OnAudited(AuditRecord record) => _audited = _audited.Add(record);
}
