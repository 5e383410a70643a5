// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.Effects;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>What is kept of a scenario.</content>
public sealed partial class Scene
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private async ValueTask KeepEvidenceAsync(ScenarioOutcome outcome)
    {
        if (!Run.KeepsEvidence(outcome))
        {
            return;
        }

        var folder = Run.Evidence;
        using (var capture = folder.StartCapture($"between west and {Run.Identity.Peer}"))
        {
            foreach (var frame in Bed.Wire.Frames)
            {
                capture.Write(frame.Bytes.Span, frame.Time, frame.Step);
            }
        }

        var trace = Frames.Select(frame => LadderText.ToTrace(frame, _start));
        folder.Write(new EvidenceContent
        {
            Trace = new Trace(Run.Identity.Id, Run.Identity.Peer, [.. trace]),
            IkeV1Keys = [.. Bed.WestWitness.Saw<IkeSaKeyed>().Select(keyed => new IkeV1Key(keyed.Sa.InitiatorCookie.ToString(), keyed.EncryptionKey.ToArray()))],
            EspKeys = [.. Keys.Esp.Select(Key).OfType<EspKey>()],
            PeerLog = await LogsAsync(),
            PeerConfiguration = [.. Bed.East.RenderedConfiguration.Concat(WestConfiguration()).DistinctBy(file => file.Name)],
            SasJson = Bed.WestPeer is { } other ? Sas(Listed(await other.ListSasAsync()), await Bed.East.ListSasAsync()) : Sas(await Bed.East.ListSasAsync()),
        });
    }

    /// <summary>Null for a cipher that Wireshark does not have: it would refuse the whole table for a name that it does not know.</summary>
    private static EspKey? Key(EspSaParameters sa) => sa.EncryptionAlgorithm.WiresharkEspName is { } cipher
        ? new(
            sa.Source,
            sa.Destination,
            sa.Spi,
            cipher,
            [.. sa.EncryptionKey.Span, .. sa.Salt.Span],
            sa.IntegrityAlgorithm?.WiresharkEspName ?? IntegrityAlgorithm.WiresharkEspNameOfNone,
            sa.IntegrityKey.ToArray())
        : null;

    /// <summary>What west had, in the words of the neutral policy, and its certificates.</summary>
    private IEnumerable<(string Name, string Text)> WestConfiguration() => (Bed.WestPeer, Bed.WestPolicy) switch
    {
        ({ } other, _) => other.RenderedConfiguration.Select(file => ($"west-{file.Name}", file.Text)),
        (_, { } policy) => [("west-policy.txt", PeerPolicyText.Of(policy)), .. CertificateFiles.Of(policy.Certificates)],
        _ => [],
    };

    private async Task<string> LogsAsync() => Bed.WestPeer is { } other
        ? $"==== west\n{await other.ReadLogAsync()}\n==== east\n{await Bed.East.ReadLogAsync()}"
        : await Bed.East.ReadLogAsync();

    private string Sas(PeerSas east)
    {
        var west = new
        {
            IkeSas = WestIkeSas.Select(sa => new
            {
                InitiatorCookie = $"{sa.InitiatorCookie}",
                ResponderCookie = $"{sa.ResponderCookie}",
                sa.IsInitiator,
                IsEstablished = true,
                Suite = $"{sa.Suite}",
            }),
            ChildSas = WestChildSas.Select(pair => new
            {
                pair.Child,
                InboundSpi = $"{pair.InboundSpi:x8}",
                OutboundSpi = $"{pair.OutboundSpi:x8}",
                Esp = pair.Integrity is null ? pair.Encryption?.Name : $"{pair.Encryption?.Name} and {pair.Integrity.Name}",
                Pfs = pair.Pfs?.Name,
            }),
        };
        return Sas(west, east);
    }

    private static string Sas(object? west, PeerSas east) => JsonSerializer.Serialize(new { West = west, East = Listed(east) }, Indented) + "\n";

    private static object? Listed(PeerSas sas) => !sas.IsKnown ? null : new
    {
        IkeSas = sas.IkeSas.Select(sa => new
        {
            InitiatorCookie = $"{sa.InitiatorCookie}",
            ResponderCookie = $"{sa.ResponderCookie}",
            sa.IsInitiator,
            sa.IsEstablished,
        }),
        ChildSas = sas.ChildSas.Select(pair => new
        {
            pair.Child,
            InboundSpi = $"{pair.InboundSpi:x8}",
            OutboundSpi = $"{pair.OutboundSpi:x8}",
            pair.PacketsIn,
            pair.PacketsOut,
        }),
    };
}
