// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>A peer that is there and answers. Shared by all scenarios of a run; disposing takes it down.</summary>
public interface IPeer : IAsyncDisposable
{
    /// <summary>What the results say of it.</summary>
    PeerRecord Record { get; }

    /// <summary>The container engine it runs in, and its version; null when it runs in none.</summary>
    string? Engine { get; }

    /// <summary>Makes a test bed for one scenario; several may exist at a time.</summary>
    /// <param name="request">What the scenario wants.</param>
    /// <param name="cancellation">Cancelled when the user ends the run.</param>
    /// <exception cref="Run.EnvironmentException">The peer does not answer any more.</exception>
    Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation);
}
