// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What SA payloads offer and choose.</summary>
[Binding]
public sealed class SaPayloadSteps(Scene scene, Claims claims)
{
    [Then("(main|quick) mode message 2 keeps the numbers of the chosen proposal and transform")]
    public void ThenNumbers(string mode)
    {
        var (offer, answer) = Exchange(mode);
        claims.Recommend(ProposalNumberOracle.Retained(offer, answer));
    }

    [Then("(main|quick|new group) mode message 2 holds one transform of message 1, its attributes unchanged")]
    public void ThenChosenUnchanged(string mode)
    {
        var (offer, answer) = Exchange(mode);
        claims.Hold(SaPayloadOracle.ChosenUnchanged(offer, answer));
    }

    [Then("west's offer in (main|quick) mode has (seconds as T?L?V|seconds as T?L?V and kilobytes as T?L?V)")]
    public void ThenForms(string mode, string forms)
    {
        var (offer, _) = Exchange(mode);
        var (type, duration) = mode == "main"
            ? ((ushort)Phase1Attribute.LifeType, (ushort)Phase1Attribute.LifeDuration)
            : ((ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration);
        var sent = string.Join(" and ", Lives(offer, type, duration));
        if (sent != forms)
        {
            throw new EnvironmentException($"west's offer has {sent}, not {forms}: the scenario shows nothing");
        }
    }

    [Then("west's offer in quick mode names no life")]
    public void ThenNoLife()
    {
        var (offer, _) = Exchange("quick");
        if (Lives(offer, (ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration).Any())
        {
            throw new EnvironmentException("west's offer names a life: the scenario shows nothing");
        }
    }

    [Then("east takes the life that nobody named for (\\d+) seconds")]
    public async Task ThenImpliedLife(uint seconds)
    {
        var (_, answer) = Exchange("quick");
        claims.Hold(QuickModeSaOracle.NoLifeBut(answer, seconds, out var isNamed));
        if (isNamed)
        {
            // West refuses an answer that says more than its offer, so east's list will have no SA; but what east thinks has been said.
            return;
        }

        var east = await scene.WaitForEastAsync(sas => !sas.ChildSas.IsEmpty);
        claims.Hold(
            east.ChildSas is [{ SecondsToEnd: { } left }] && left <= seconds,
            $"a pair of ESP SAs that ends within {seconds} seconds",
            () => string.Join("; ", east.ChildSas.Select(pair => $"one that ends in {pair.SecondsToEnd?.ToString(null, null) ?? "no"} seconds").DefaultIfEmpty("no ESP SA")));
    }

    [Then("every main mode transform from east has a key length if its cipher has several, and else none")]
    public void ThenKeyLengths() => claims.Hold(KeyLengthOracle.OfPhase1(FromEast(ExchangeType.IdentityProtection)));

    [Then("every quick mode transform from east has a key length if its cipher has several, and else none")]
    public void ThenQuickKeyLengths() => claims.Hold(KeyLengthOracle.OfPhase2(FromEast(ExchangeType.QuickMode)));

    [Then("basic attributes of quick mode from east are of the short form")]
    public void ThenBasicAttributes() => claims.Hold(QuickModeSaOracle.BasicAttributes(FromEast(ExchangeType.QuickMode)));

    [Then("every life duration of quick mode from east stands behind its life type")]
    public void ThenLifeFollowsType() => claims.Hold(QuickModeSaOracle.LifeFollowsType(FromEast(ExchangeType.QuickMode)));

    [Then("every quick mode transform from east names its authentication algorithm, or none with a combined mode")]
    public void ThenAuthentication() => claims.Hold(QuickModeSaOracle.Authentication(FromEast(ExchangeType.QuickMode)));

    [Then("east offers these suites in order, under numbers that rise from suite to suite")]
    public void ThenSuites(Table table)
    {
        var (offer, _) = Exchange("quick");
        claims.Hold(QuickModeSaOracle.SuitesInOrder(offer,
        [
            .. table.Rows.Select(row => SidePolicy.IpsecSuite(row["suite"])).SelectMany(suite => suite.Protocols.Select(protocol => protocol == IpsecProtocol.Ah
                ? (ProtocolId.Ah, suite.AhIntegrity!.IkeV1AhId!.Value)
                : (ProtocolId.Esp, suite.Encryption!.IkeV1EspId!.Value))),
        ]));
    }

    /// <summary>The offer and the answer that are on the wire: those of the exchange that west bent, else the last ones.</summary>
    private (ObservedIke Offer, ObservedIke Answer) Exchange(string mode)
    {
        var type = mode switch
        {
            "main" => ExchangeType.IdentityProtection,
            "new group" => ExchangeType.NewGroupMode,
            _ => ExchangeType.QuickMode,
        };
        scene.WaitUntil(() => Find().Answer is not null);
        var (offer, answer) = Find();
        claims.Hold(offer is not null && answer is not null, $"message 1 and message 2 of {mode} mode", () => $"no answer; {scene.LastEvents}");
        return (offer, answer);

        (ObservedIke? Offer, ObservedIke? Answer) Find()
        {
            var messages = scene.Messages.Where(message => message.Header.ExchangeType == type && (scene.Bent is not { } bent || IsOneExchange(message.Header, bent.Header))).ToArray();
            var last = messages.LastOrDefault(message => message.Ordinal == 2);
            return last is null
                ? default
                : (messages.Single(message => message.Ordinal == 1 && IsOneExchange(message.Header, last.Header)), last);
        }
    }

    private static bool IsOneExchange(IsakmpHeader one, IsakmpHeader other) => one.InitiatorCookie == other.InitiatorCookie && one.MessageId == other.MessageId;

    private static IEnumerable<string> Lives(ObservedIke offer, ushort type, ushort duration)
    {
        var attributes = offer.Message!.Find<SaPayload>()!.Proposals[0].Transforms[0].Attributes;
        for (var i = 1; i < attributes.Length; i++)
        {
            if (attributes[i].Type == duration && attributes[i - 1].Type == type && attributes[i - 1].TryGetNumber(out var unit))
            {
                yield return $"{((LifeType)unit).ToString().ToLowerInvariant()} as {(attributes[i].IsBasic ? "TV" : "TLV")}";
            }
        }
    }

    private List<ObservedIke> FromEast(ExchangeType exchange) =>
        [.. scene.Messages.Where(message => message.From == "east" && message.Header.ExchangeType == exchange)];
}
