// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Gateway;
using Ipsec.Ike.Effects;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>What the three witnesses say.</content>
public sealed partial class Scene
{
    /// <summary>What crossed the wire, decrypted with the keys that west has by now.</summary>
    public IReadOnlyList<ObservedFrame> Frames =>
        new WireObserver(Bed.Addresses.West, Bed.Addresses.East).Observe(RawFrames, Keys);

    /// <summary>The IKE messages among them, repetitions left out.</summary>
    public IReadOnlyList<ObservedIke> Messages => [.. Frames.OfType<ObservedIke>().Where(message => !message.IsRepeat)];

    /// <summary>The ESP packets among them.</summary>
    public IReadOnlyList<ObservedEsp> EspFrames => [.. Frames.OfType<ObservedEsp>()];

    /// <summary>The pairs that west installed, in order, deleted ones included.</summary>
    public IReadOnlyList<ChildSaPair> WestPairs => [.. Bed.WestWitness.Saw<InstallChildSa>().Select(install => install.Pair)];

    /// <summary>West's established IKE SAs.</summary>
    public IReadOnlyList<IkeSaDescription> WestIkeSas => Bed.Loop.Invoke(() => Bed.West.IkeSas.ToArray());

    /// <summary>West's pairs of ESP SAs.</summary>
    public IReadOnlyList<ChildSaPair> WestChildSas => Bed.Loop.Invoke(() => Bed.West.ChildSas.ToArray());

    /// <summary>West's SAs, one a direction, as they would be known on the wire.</summary>
    public IReadOnlyList<SaParameters> WestSas => [.. WestChildSas.SelectMany(Both)];

    /// <summary>The keys that open the capture.</summary>
    public WireKeys Keys => new(
        Bed.WestWitness.Saw<IkeSaKeyed>().DistinctBy(keyed => keyed.Sa.InitiatorCookie).ToImmutableDictionary(keyed => keyed.Sa.InitiatorCookie, keyed => keyed.EncryptionKey),
        [.. WestPairs.SelectMany(Both).OfType<EspSaParameters>().Select(OnWire), .. _told.OfType<EspSaParameters>()])
    {
        Ah = [.. WestPairs.SelectMany(Both).OfType<AhSaParameters>(), .. _told.OfType<AhSaParameters>()],
    };

    /// <summary>The AH packets among them.</summary>
    public IReadOnlyList<ObservedAh> AhFrames => [.. Frames.OfType<ObservedAh>()];

    /// <summary>Waits for both sides to be as wanted.</summary>
    /// <param name="west">What west must have come to; evaluated on west's loop.</param>
    /// <param name="east">What east's own list must show.</param>
    /// <returns>Whether west was, and what east lists.</returns>
    public async Task<(bool West, PeerSas East)> WaitForBothAsync(Func<bool> west, Func<PeerSas, bool> east)
    {
        var held = WaitUntil(west);
        return (held, await WaitForEastAsync(east));
    }

    /// <summary>Waits for east's own list to be as wanted.</summary>
    /// <param name="condition">What it must show.</param>
    /// <returns>What east lists.</returns>
    /// <exception cref="OperationCanceledException">The user ended the run.</exception>
    public Task<PeerSas> WaitForEastAsync(Func<PeerSas, bool> condition) => HeardAsync(Bed.East.WaitForSasAsync(condition, Deadline));

    /// <summary>East's own list as it is now.</summary>
    /// <exception cref="OperationCanceledException">The user ended the run.</exception>
    public Task<PeerSas> ListEastAsync() => HeardAsync(Bed.East.ListSasAsync());

    /// <summary>The last message that west sent, for the five lines.</summary>
    public string LastSent => _bed is null ? "nothing on the wire yet"
        : Frames.LastOrDefault(frame => frame.From == "west") switch
        {
            ObservedIke ike => $"last from west: frame {ike.Number}, {MessageOracle.Text(ike)}",
            { } frame => $"last from west: frame {frame.Number}, {EspOracle.Text(frame)}",
            null => "nothing from west on the wire",
        };

    /// <summary>What west noticed last, for the five lines.</summary>
    public string LastEvents
    {
        get
        {
            var events = Bed.WestWitness.Effects.Select(Text).OfType<string>().TakeLast(2).ToArray();
            return events.Length == 0 ? "west noticed nothing" : string.Join("; ", events);
        }
    }

    /// <summary>Where the third witness keeps silent, the record says so.</summary>
    private async Task<PeerSas> HeardAsync(Task<PeerSas> list)
    {
        var sas = await list.WaitAsync(Run.Stopping);
        if (!sas.IsKnown)
        {
            Run.Remark("judged by the wire and by west's own state alone: the peer shows its SAs to nobody");
        }

        return sas;
    }

    /// <summary>A NAT between west and the wire changes the addresses by which the packets of an SA are known there.</summary>
    private EspSaParameters OnWire(EspSaParameters sa) => sa with { Source = Bed.Addresses.OnWire(sa.Source), Destination = Bed.Addresses.OnWire(sa.Destination) };

    private static string? Text(IkeEffect effect) => effect switch
    {
        DatagramDiscarded discarded => $"west discarded a datagram ({discarded.Clause}: {discarded.Reason})",
        ExchangeFailed failed => $"{failed.Exchange} failed: {failed.Reason}",
        PeerNotified notified => $"east notified {notified.Notification.NotifyType}",
        _ => null,
    };

    private static IEnumerable<SaParameters> Both(ChildSaPair pair)
    {
        var (inbound, outbound) = ChildSaParameters.Of(pair);
        return [inbound, outbound];
    }
}
