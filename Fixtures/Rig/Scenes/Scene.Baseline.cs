// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>What can be said of both ends whoever stands there, our gateway or another implementation.</content>
public sealed partial class Scene
{
    private ImmutableArray<SaParameters> _told = [];

    /// <summary>Waits for both ends to list what is wanted.</summary>
    /// <param name="condition">What each end must show.</param>
    /// <returns>What they list.</returns>
    public async Task<(PeerSas West, PeerSas East)> WaitForEndsAsync(Func<PeerSas, bool> condition)
    {
        if (Bed.WestPeer is { } other)
        {
            var listed = await other.WaitForSasAsync(condition, Deadline).WaitAsync(Run.Stopping);
            return (listed, await WaitForEastAsync(condition));
        }

        WaitUntil(() => condition(OwnSas()));
        var east = await WaitForEastAsync(condition);
        return (OnLoop(OwnSas), east);
    }

    /// <summary>Asks the peer at west's end for the keys of its SAs, so that the capture can be read; our own gateway's are known.</summary>
    public async Task LearnKeysAsync()
    {
        if (Bed.WestPeer is { } other)
        {
            _told = [.. (await other.ListKeysAsync()).Select(keys => Parameters(keys, Policy.West.Phase2[0]))];
        }
    }

    private static SaParameters Parameters(PeerSaKeys keys, Phase2Suite suite)
    {
        const string Name = "told by the peer";
        SaParameters parameters = keys.Protocol == IpProtocol.Ah
            ? AhSaParameters.FromKeyMaterial(Name, keys.Spi, keys.Source, keys.Destination, suite.AhIntegrity!, keys.IntegrityKey, keys.Mode, SelectorPair.Any)
            : EspSaParameters.FromKeyMaterial(
                Name, keys.Spi, keys.Source, keys.Destination, suite.Encryption!, suite.Integrity, [.. keys.EncryptionKey, .. keys.IntegrityKey], keys.Mode, SelectorPair.Any);
        return parameters with { ExtendedSequenceNumbers = keys.HasExtendedSequenceNumbers };
    }

    /// <summary>Our own gateway's SAs, listed as a peer lists its own. On the loop.</summary>
    private PeerSas OwnSas() => new(
        [.. Bed.West.IkeSas.Select(sa => new PeerIkeSa(sa.InitiatorCookie, sa.ResponderCookie, sa.IsInitiator, IsEstablished: true))],
        [.. Bed.West.ChildSas.Select(pair => new PeerChildSa(pair.Child, pair.InboundSpi, pair.OutboundSpi, PacketsIn: 0, PacketsOut: 0))]);
}
