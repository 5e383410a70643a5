// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What holds for every message: ports, chains of payloads, vendor IDs.</summary>
[Binding]
public sealed class MessageFormatSteps(Scene scene, Claims claims)
{
    [Then("every message from east goes from UDP port 500 to UDP port 500")]
    public void ThenPorts() => claims.Hold(PortOracle.StaysOn(FromEast(), 500));

    [Then("the payloads of every message from east fill it, and the last one says that none follows")]
    public void ThenChains() => claims.Hold(ChainOracle.Whole(FromEast()));

    [Then("no SA payload from east says that a Proposal or a Transform follows it")]
    public void ThenNothingOfTheSa() => claims.Hold(ChainOracle.NothingOfTheSaBehindIt(FromEast()));

    [Then("no message of phase 2 from east has a vendor ID")]
    public void ThenNoVendorId() => claims.Hold(VendorOracle.OnlyInPhase1(FromEast()));

    [Then("no message from east has a payload of the private range")]
    public void ThenNothingPrivate() => claims.Hold(VendorOracle.NoPrivatePayload([.. scene.Frames.Where(frame => frame.From == "east")]));

    [Then("the vendor IDs that nobody knows crossed the wire")]
    public void ThenVendorIdsSent()
    {
        var sent = scene.Messages.Where(message => message.From == "west")
            .SelectMany(message => message.Message?.All<VendorIdPayload>() ?? []).Select(vendor => Convert.ToHexString(vendor.Body.Span)).ToHashSet();
        if (!OfferSteps.UnknownVendorIds.All(vendor => sent.Contains(Convert.ToHexString(vendor.Span))))
        {
            throw new EnvironmentException("west did not send its unknown vendor IDs: the scenario shows nothing");
        }
    }

    private List<ObservedIke> FromEast() => [.. scene.Messages.Where(message => message.From == "east")];
}
