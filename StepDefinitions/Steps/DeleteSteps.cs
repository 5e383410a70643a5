// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Effects;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Deletes of the IKE SA, of several SAs at once, and how often they are sent.</summary>
[Binding]
public sealed class DeleteSteps(Scene scene, Claims claims)
{
    private const uint IpsecDoi = 1;

    private IkeSaDescription? _deleted;

    [When("(west|east) deletes the IKE SA")]
    public Task WhenIkeSaDeleted(Side side)
    {
        _deleted = scene.WestIkeSas[^1];
        return scene.DeleteIkeSaAsync(side);
    }

    [When("west sends one Delete that names both pairs")]
    public void WhenSeveral() => scene.SendProtected(DeleteOf([.. scene.WestChildSas.Select(pair => pair.InboundSpi)]));

    [Then("(west|east) sends one Delete for the IKE SA under it, with both cookies")]
    public void ThenIkeSaDelete(Side side)
    {
        Finding? finding = null;
        scene.WaitUntil(() => (finding = Judge()) is null);
        claims.Hold(finding);

        Finding? Judge() => CookieOracle.DeleteOfTheIkeSa(From(side), _deleted!.InitiatorCookie, _deleted.ResponderCookie);
    }

    [Then("neither side holds an SA any more")]
    public async Task ThenNothingLeft()
    {
        var (held, east) = await scene.WaitForBothAsync(() => scene.Bed.West is { IkeSas.Count: 0, ChildSas.Count: 0 }, sas => sas.IkeSas.IsEmpty && sas.ChildSas.IsEmpty);
        claims.Hold(held, "no SA on west's side", () => $"{scene.WestIkeSas.Count} IKE SAs, {scene.WestChildSas.Count} pairs of ESP SAs");
        claims.Hold(east.IkeSas.IsEmpty && east.ChildSas.IsEmpty, "no SA on east's side", () => $"{Phase1Steps.Text(east)}; {Pairs(east)}");
    }

    [Then("east has removed both pairs")]
    public async Task ThenEastRemoved()
    {
        var east = await scene.WaitForEastAsync(sas => sas.ChildSas.IsEmpty);
        claims.Hold(east.ChildSas.IsEmpty, "no ESP SA on east's side", () => Pairs(east));
    }

    [Then("east sent the message that was lost again, and the Delete once only")]
    public void ThenDeletedOnce()
    {
        scene.WaitUntil(() => Later().Any(m => m.IsRepeat));
        claims.Hold(Later().Any(m => m.IsRepeat), "a repetition of what was lost, so that a Delete would have been sent again by now", () => "none");
        var deletes = scene.Frames.OfType<ObservedIke>().Where(m => m.From == "east" && m.Message?.Find<DeletePayload>() is not null).ToArray();
        claims.Hold(
            deletes.Length == 1 && deletes[0].Number < Later().First().Number,
            "one frame with a Delete, before the message that was lost",
            () => string.Join(", ", deletes.Select(m => $"frame {m.Number}{(m.IsRepeat ? ", a repetition" : "")}")));

        IEnumerable<ObservedIke> Later() => scene.Frames.OfType<ObservedIke>()
            .Where(m => m.From == "east" && m.Ordinal == 1 && m.Header.ExchangeType == scene.FlowFaults[0].Selector.Exchange);
    }

    /// <summary>A Delete for ESP.</summary>
    internal static DeletePayload DeleteOf(uint[] spis) => new(IpsecDoi, ProtocolId.Esp, sizeof(uint), [.. spis.Select(Bytes)]);

    private static ReadOnlyMemory<byte> Bytes(uint spi)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, spi);
        return bytes;
    }

    internal static string Pairs(PeerSas sas) => sas.ChildSas.IsEmpty ? "no ESP SA" : string.Join(", ", sas.ChildSas.Select(pair => $"{pair.InboundSpi:x8} {pair.OutboundSpi:x8}"));

    private List<ObservedIke> From(Side side) => [.. scene.Messages.Where(m => string.Equals(m.From, side.ToString(), StringComparison.OrdinalIgnoreCase))];
}
