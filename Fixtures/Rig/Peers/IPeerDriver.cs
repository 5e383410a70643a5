// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>Knows how to bring one peer up. Adding a peer is adding a driver to <see cref="PeerCatalog"/>.</summary>
public interface IPeerDriver
{
    /// <summary>The name users and results call it by, for example <c>strongswan</c>.</summary>
    string Name { get; }

    /// <summary>Whether it runs in a container: such a peer is optional unless asked for by name.</summary>
    bool NeedsContainer { get; }

    /// <summary>Whether it is run only when it is asked for by name, or by a comparison of its parts.</summary>
    bool IsByNameOnly => false;

    /// <summary>Whether scenarios with these tags are for it at all. Those that are not are neither listed nor run.</summary>
    bool Takes(ScenarioTags tags) => !tags.Has(PeerAbilities.Misbehaves);

    /// <summary>Brings the peer up, or says why that is impossible here. Throws only for faults of our own.</summary>
    Task<PeerStart> StartAsync(PeerStartRequest request);
}
