// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Parties;
using Ipsec.Fixtures.Rig.Scenes;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>A peer that is there and answers. Shared by all scenarios of a run; disposing takes it down.</summary>
public interface IPeer : IAsyncDisposable
{
    /// <summary>What the results say of it.</summary>
    PeerRecord Record { get; }

    /// <summary>The container engine it runs in, and its version; null when it runs in none.</summary>
    string? Engine { get; }

    /// <summary>Whether it can serve no scenario any more: it died, or it has stopped answering.</summary>
    bool IsLost => false;

    /// <summary>What scenarios give both sides where they say nothing else.</summary>
    ScenePolicy UsualPolicy => ScenePolicy.Default;

    /// <summary>Makes a test bed for one scenario; several may exist at a time.</summary>
    /// <param name="request">What the scenario wants.</param>
    /// <param name="cancellation">Cancelled when the user ends the run.</param>
    /// <exception cref="Run.EnvironmentException">The peer does not answer any more.</exception>
    Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation);

    /// <summary>Makes the peer the eastern party of a picture whose other parties stand in namespaces.</summary>
    /// <param name="cancellation">Cancelled when the user ends the run.</param>
    /// <exception cref="Run.UnsupportedException">It stands on no network that a namespace can join.</exception>
    Task<PeerParty> OpenPartyAsync(CancellationToken cancellation) =>
        throw new Run.UnsupportedException("the peer stands on no network of this machine that a namespace could join");

    /// <summary>Ends what is left of a lost peer, so that another can take its place. Whoever still holds it finds it gone.</summary>
    ValueTask AbandonAsync() => ValueTask.CompletedTask;
}
