// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Sa;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Which traffic quick mode is about.</summary>
[Binding]
public sealed class SelectorSteps(Scene scene, Claims claims)
{
    [Given("the traffic between two (subnet|range|host)s is protected")]
    public void GivenShape(SelectorShape shape) => Select(selectors => selectors with { Shape = shape });

    [Given("the traffic between the gateways themselves is protected")]
    public void GivenGateways() => Select(selectors => selectors with { Shape = SelectorShape.Outer });

    [Given("only its packets of protocol (\\d+) are protected")]
    public void GivenProtocol(byte protocol) => Select(selectors => selectors with { Protocol = protocol });

    [Given("only its packets of protocol (\\d+) between port (\\d+) on west's side and port (\\d+) on east's side are protected")]
    public void GivenPorts(byte protocol, ushort west, ushort east) =>
        Select(selectors => selectors with { Protocol = protocol, WestPort = west, EastPort = east });

    [Given("west names no client identities")]
    public void GivenNoIdentities() => scene.Policy = scene.Policy with { West = scene.Policy.West with { OmitsIdentities = true } };

    [Given("(west|east) wants to protect networks that the other side's policy does not have")]
    public void GivenElsewhere(Side side)
    {
        var (west, east) = (scene.Policy.West, scene.Policy.East);
        scene.Policy = side == Side.West
            ? scene.Policy with { West = west with { Selectors = new(SelectorShape.Elsewhere) } }
            : scene.Policy with { East = east with { Selectors = new(SelectorShape.Elsewhere) } };
    }

    [Then("the client identities from east are laid out as their types demand")]
    public void ThenLayout() => claims.Hold(ClientIdentityOracle.Layout(FromEast()));

    [Then("the client identities from east are those of the policies, the initiator's first")]
    public void ThenNamed()
    {
        var child = scene.Bed.WestPolicy!.Children[0];
        var west = Of(child.Local!, child, child.LocalPort);
        var east = Of(child.Remote!, child, child.RemotePort);
        claims.Hold(scene.Initiator == Side.West ? ClientIdentityOracle.Name(FromEast(), west, east) : ClientIdentityOracle.Name(FromEast(), east, west));
    }

    [Then("west's quick mode names no client identities")]
    public void ThenNone()
    {
        if (QuickMode().Any(message => message.From == "west" && message.Message?.Find<IdentificationPayload>() is not null))
        {
            throw new EnvironmentException("west named client identities: the scenario shows nothing");
        }
    }

    [Then("east's quick mode names none either, or the gateways' own addresses")]
    public void ThenNoneOrOwn() => claims.Hold(ClientIdentityOracle.NoneOr(
        FromEast(), TrafficSelector.Address(scene.Bed.Addresses.West), TrafficSelector.Address(scene.Bed.Addresses.East)));

    [Then("(west|east) notifies the other side of INVALID-ID-INFORMATION, under the IKE SA")]
    public void ThenInvalidId(Side side)
    {
        var held = scene.WaitUntil(() => scene.Messages.Any(message =>
            message.Header is { ExchangeType: ExchangeType.Informational, IsEncrypted: true }
            && string.Equals(message.From, side.ToString(), StringComparison.OrdinalIgnoreCase)
            && message.ErrorNotified == NotifyType.InvalidIdInformation));
        claims.Recommend(held ? null : new Finding(
            $"an encrypted informational exchange from {side} with INVALID-ID-INFORMATION (18)",
            string.Join("; ", scene.Messages.Where(message => message.Header.MessageId != 0).Select(MessageOracle.Text))));
    }

    private static TrafficSelector Of(TrafficSelector addresses, ChildPeerPolicy child, ushort? port) =>
        port is { } one ? addresses.For(child.Protocol, one, one) : addresses.For(child.Protocol);

    private void Select(Func<SelectorChoice, SelectorChoice> change)
    {
        scene.Policy = scene.Policy.Both(side => side with { Selectors = change(side.Selectors) });
        scene.ControlPolicy = scene.ControlPolicy.Both(side => side with { Selectors = change(side.Selectors) });
    }

    private IEnumerable<ObservedIke> QuickMode() => scene.Messages.Where(message => message.Header.ExchangeType == ExchangeType.QuickMode);

    private List<ObservedIke> FromEast() => [.. QuickMode().Where(message => message.From == "east")];
}
