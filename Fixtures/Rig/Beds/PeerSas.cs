// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>A peer's own SA database, as far as it belongs to one scenario: the third witness.</summary>
/// <param name="IkeSas">Its IKE SAs, those that are still negotiated included.</param>
/// <param name="ChildSas">Its pairs of IPsec SAs.</param>
public sealed record PeerSas(ImmutableArray<PeerIkeSa> IkeSas, ImmutableArray<PeerChildSa> ChildSas)
{
    /// <summary>
    /// The database of a peer that shows it to nobody. Whoever looks into it gets an <see cref="UnsupportedException"/>: a claim that
    /// rests on it cannot be judged. One that has other witnesses asks <see cref="Shows"/>.
    /// </summary>
    public static PeerSas Unknown { get; } = new([], []) { IsKnown = false };

    /// <summary>Whether the peer shows it.</summary>
    public bool IsKnown { get; private init; } = true;

    /// <summary>Its IKE SAs, those that are still negotiated included.</summary>
    /// <exception cref="UnsupportedException">The peer does not show them.</exception>
    public ImmutableArray<PeerIkeSa> IkeSas
    {
        get => IsKnown ? field : throw Hidden();
        init;
    } = IkeSas;

    /// <summary>Its pairs of IPsec SAs.</summary>
    /// <exception cref="UnsupportedException">The peer does not show them.</exception>
    public ImmutableArray<PeerChildSa> ChildSas
    {
        get => IsKnown ? field : throw Hidden();
        init;
    } = ChildSas;

    /// <summary>Whether the peer's list agrees with what other witnesses have shown already; a list that nobody is shown contradicts nothing.</summary>
    /// <param name="condition">What it must show.</param>
    public bool Shows(Func<PeerSas, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return !IsKnown || condition(this);
    }

    private static UnsupportedException Hidden() => new("the peer shows its SAs to nobody, and the claim rests on them");
}
