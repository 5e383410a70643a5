// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Phase 1 and its result.</summary>
[Binding]
public sealed class Phase1Steps(Scene scene, Claims claims)
{
    [When("(west|east) starts phase 1 in main mode")]
    [When("(west|east) starts phase 1")]
    public Task WhenPhase1(Side side) => scene.StartPhase1Async(side);

    [When("(west|east) starts phase 1 in aggressive mode")]
    public Task WhenAggressive(Side side)
    {
        scene.Policy = scene.Policy.Both(policy => policy with { Mode = Phase1Mode.Aggressive });
        scene.ControlPolicy = scene.ControlPolicy.Both(policy => policy with { Mode = Phase1Mode.Aggressive });
        return scene.StartPhase1Async(side);
    }

    [When("phase 1 is established")]
    [Then("phase 1 is established")]
    public async Task ThenEstablished()
    {
        var (west, east) = await EstablishedAsync();
        claims.Hold(west, "phase 1 is complete on west's side", () => $"no IKE SA; {scene.LastEvents}");
        claims.Hold(east.Shows(sas => sas.IkeSas.Any(sa => sa.IsEstablished)), "east lists an established IKE SA", () => Text(east));
    }

    [Then("phase 1 is established with (.*), (.*) and (.*)")]
    public async Task ThenEstablishedWith(string encryption, string hash, string group)
    {
        await ThenEstablished();
        var suite = scene.WestIkeSas[^1].Suite!;
        var wanted = SidePolicy.Suite(encryption, hash, group);
        claims.Hold(suite.ToString() == wanted.ToString(), wanted.ToString(), suite.ToString);
    }

    [Then("both sides hold an established IKE SA with the same cookies")]
    [Then("both sides hold one established IKE SA with the same cookies")]
    public async Task ThenSameCookies()
    {
        await ThenEstablished();
        var west = scene.WestIkeSas;
        claims.Hold(west.Count == 1, "one IKE SA on west's side", () => $"{west.Count}");
        var wanted = (west[0].InitiatorCookie, west[0].ResponderCookie);
        var east = await scene.WaitForEastAsync(
            sas => sas.IkeSas.Any(sa => (sa.InitiatorCookie, sa.ResponderCookie) == wanted && sa.IsEstablished));
        claims.Hold(
            east.Shows(sas => sas.IkeSas is [{ IsEstablished: true } sa] && (sa.InitiatorCookie, sa.ResponderCookie) == wanted),
            $"one IKE SA with cookies {wanted.InitiatorCookie} and {wanted.ResponderCookie} on east's side",
            () => Text(east));
    }

    [Then("no side holds an established IKE SA")]
    public async Task ThenNone()
    {
        claims.Hold(scene.WestIkeSas.Count == 0, "no IKE SA on west's side", () => $"{scene.WestIkeSas.Count}");
        var east = await scene.ListEastAsync();
        claims.Hold(east.Shows(sas => !sas.IkeSas.Any(sa => sa.IsEstablished)), "no established IKE SA on east's side", () => Text(east));
    }

    [Then("neither identity appears in clear in any frame")]
    public void ThenIdentitiesHidden() => claims.Hold(ClearTextOracle.NeverInClear(scene.Frames,
    [
        ("west's identity", scene.IdentityToHide(Side.West)),
        ("east's identity", scene.IdentityToHide(Side.East)),
    ]));

    [Then("the identities decrypt to those that the policies name")]
    public void ThenIdentities()
    {
        var seen = scene.Messages
            .Where(m => m.Header.MessageId == 0)
            .SelectMany(m => (m.Message?.All<IdentificationPayload>() ?? []).Select(id => $"{m.From}: {Encoding.Latin1.GetString(id.Data.Span)}"));
        claims.Hold(
            seen.Order(StringComparer.Ordinal).SequenceEqual(
                [$"east: {Encoding.Latin1.GetString(scene.IdentityOctets(Side.East))}", $"west: {Encoding.Latin1.GetString(scene.IdentityOctets(Side.West))}"]),
            $"{scene.WestIdentity} from west and {scene.EastIdentity} from east, in encrypted messages",
            () => string.Join(", ", seen));
    }

    [Then("every public value is as long as (.*) demands")]
    public void ThenPublicValues(string group)
    {
        var size = KeyExchangeMethod.Named(group).PublicValueSize;
        var seen = scene.Messages.SelectMany(m => (m.Message?.All<KeyExchangePayload>() ?? []).Select(ke => (m.Number, ke.PublicValue.Length))).ToArray();
        claims.Hold(
            seen.Length == 2 && seen.All(ke => ke.Length == size),
            $"two KE payloads of {size} octets",
            () => string.Join(", ", seen.Select(ke => $"frame {ke.Number}: {ke.Length} octets")));
    }

    [Then("message 2 holds one transform of message 1, its attributes unchanged")]
    public void ThenChosenUnchanged() => claims.Hold(SaPayloadOracle.ChosenUnchanged(scene.Messages[0], scene.Messages[1]));

    internal static string Text(PeerSas sas) => sas.IkeSas.IsEmpty
        ? "no IKE SA"
        : string.Join(", ", sas.IkeSas.Select(sa => $"{sa.InitiatorCookie} {sa.ResponderCookie} {(sa.IsEstablished ? "established" : "half open")}"));

    private Task<(bool West, PeerSas East)> EstablishedAsync() => scene.WaitForBothAsync(
        () => scene.Bed.West.IkeSas.Count > 0,
        sas => sas.IkeSas.Any(sa => sa.IsEstablished));
}
