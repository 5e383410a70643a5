// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What the sides call themselves in phase 1.</summary>
[Binding]
public sealed class IdentitySteps(Scene scene, Claims claims)
{
    private static readonly Dictionary<string, IdentityKind> Kinds = new(StringComparer.Ordinal)
    {
        ["ID_FQDN"] = IdentityKind.Fqdn,
        ["ID_USER_FQDN"] = IdentityKind.Email,
        ["ID_IPV4_ADDR"] = IdentityKind.Ipv4Address,
        ["ID_IPV6_ADDR"] = IdentityKind.Ipv6Address,
        ["ID_DER_ASN1_DN"] = IdentityKind.DistinguishedName,
        ["ID_KEY_ID"] = IdentityKind.KeyId,
    };

    [Given("both sides are known by an (ID_.*)")]
    public void GivenKind(string type) => Agree(side => side with { Identity = Kinds[type] });

    [Given("both sides take any identity that is proved")]
    public void GivenAny() => Agree(side => side with { Demand = IdentityDemand.Any });

    [Given("east demands another identity of west")]
    public void GivenOther() => scene.Policy = scene.Policy with { East = scene.Policy.East with { Demand = IdentityDemand.Another } };

    [Given("west's identity has protocol (\\d+) and port (\\d+)")]
    public void GivenProtocolAndPort(byte protocol, ushort port) =>
        scene.WestBend = policy => policy with { LocalIdentity = policy.LocalIdentity with { ProtocolId = protocol, Port = port } };

    [Then("each side claims the identity that its policy names")]
    public void ThenClaimed()
    {
        var (west, east) = scene.Policy.For(scene.Bed.Addresses, scene.ConnectionName);
        claims.Hold(IdentityOracle.Claims(From("east"), east.Identity.Payload!));
        claims.Hold(IdentityOracle.Claims(From("west"), west.Identity.Payload!));
    }

    [Then("every phase 1 identity from east has protocol and port 0 and 0, or 17 and 500")]
    public void ThenProtocolAndPort() => claims.Hold(IdentityOracle.ProtocolAndPort(From("east")));

    [Then("every identity from east has data in the form of its type")]
    public void ThenForm() => claims.Hold(IdentityOracle.Form(From("east")));

    private IEnumerable<ObservedIke> From(string side) => scene.Messages.Where(m => m.From == side);

    private void Agree(Func<SidePolicy, SidePolicy> change)
    {
        scene.Policy = scene.Policy.Both(change);
        scene.ControlPolicy = scene.ControlPolicy.Both(change);
    }
}
