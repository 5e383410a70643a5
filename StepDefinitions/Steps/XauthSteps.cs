// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Effects;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Extended authentication: who asks, who answers, and what comes of it.</summary>
[Binding]
public sealed class XauthSteps(Scene scene, Claims claims)
{
    [Given("every transaction of the gateway has an identifier of its own")]
    public void GivenIdentifiers()
    {
        scene.Policy = scene.Policy.Both(Numbered);
        scene.ControlPolicy = scene.ControlPolicy.Both(Numbered);

        static SidePolicy Numbered(SidePolicy side) => side with { Xauth = side.Xauth! with { HasIdentifiers = true } };
    }

    [Given("a user at (west|east) authenticates after (pre-shared keys|RSA signatures|the gateway's RSA signature)(, the gateway having started|)")]
    public void GivenUser(Side client, string phase1, string gatewayStarts)
    {
        var responds = gatewayStarts.Length > 0;
        var method = (phase1, responds) switch
        {
            ("pre-shared keys", false) => AuthenticationMethod.XauthInitPreShared,
            ("pre-shared keys", true) => AuthenticationMethod.XauthRespPreShared,
            ("RSA signatures", false) => AuthenticationMethod.XauthInitRsa,
            ("RSA signatures", true) => AuthenticationMethod.XauthRespRsa,
            (_, false) => AuthenticationMethod.HybridInitRsa,
            _ => AuthenticationMethod.HybridRespRsa,
        };
        var gatewayOnly = method is AuthenticationMethod.HybridInitRsa or AuthenticationMethod.HybridRespRsa;
        scene.Policy = With(scene.Policy);
        scene.ControlPolicy = With(scene.ControlPolicy);

        ScenePolicy With(ScenePolicy policy) => new ScenePolicy(Part(policy.West, client == Side.West), Part(policy.East, client == Side.East)) { Nat = policy.Nat }
            .Both(side => side.AuthenticatedBy(method));

        SidePolicy Part(SidePolicy side, bool isClient) => side with
        {
            Xauth = new XauthChoice(IsServer: !isClient),
            Certificate = phase1 == "pre-shared keys" || (gatewayOnly && isClient) ? null : new CertificateChoice(),
        };
    }

    [Given("the user's password is another than the gateway knows")]
    public void GivenWrongPassword() => scene.Policy = new ScenePolicy(Forget(scene.Policy.West), Forget(scene.Policy.East)) { Nat = scene.Policy.Nat };

    [Then("both SA payloads of phase 1 name authentication method (\\d+)")]
    public void ThenMethod(string method) => claims.Hold(TransactionOracle.Method(scene.Messages, ushort.Parse(method, CultureInfo.InvariantCulture)));

    [Then("the REPLY has the user's name and password")]
    public void ThenReply()
    {
        var (user, password) = scene.Bed.WestPolicy!.Xauth switch
        {
            XauthPeerPolicy.Client client => (client.User, client.Password),
            XauthPeerPolicy.Server server => server.Users[0],
            _ => throw new InvalidOperationException("no user authenticates in this scenario"),
        };
        claims.Hold(TransactionOracle.Value(scene.Messages, ConfigurationMessageType.Reply, ConfigurationAttribute.XauthUserName, Encoding.UTF8.GetBytes(user)));
        claims.Hold(TransactionOracle.Value(scene.Messages, ConfigurationMessageType.Reply, ConfigurationAttribute.XauthUserPassword, Encoding.UTF8.GetBytes(password)));
    }

    [Then("XAUTH-TYPE of the REPLY is that of the REQUEST")]
    public void ThenType() => claims.Hold(TransactionOracle.SameType(scene.Messages));

    [Then("the SET says that the user is (accepted|refused)")]
    public void ThenStatus(string result)
    {
        scene.WaitUntil(() => scene.Bed.WestWitness.Saw<XauthFinished>().Any());
        scene.SettleWire();
        claims.Hold(TransactionOracle.Status(scene.Messages, result == "accepted" ? (ushort)1 : (ushort)0));
        var known = scene.Bed.WestWitness.Saw<XauthFinished>().ToArray();
        claims.Hold(
            known is [{ } only] && only.IsAccepted == (result == "accepted"),
            $"west takes the user as {result}",
            () => known.Length == 0 ? "no result" : string.Join(", ", known.Select(each => $"accepted: {each.IsAccepted}")));
    }

    [Then("the ACK has no value in any attribute")]
    public void ThenAcknowledged() => claims.Hold(TransactionOracle.NoValueInAcknowledgement(scene.Messages));

    [Then("(west|east) deletes the IKE SA, and no quick mode was begun")]
    public async Task ThenDeleted(Side server)
    {
        var name = server == Side.West ? "west" : "east";

        // Where neither side has an IKE SA any more nobody will send a Delete.
        var (west, east) = await scene.WaitForBothAsync(() => scene.Bed.West.IkeSas.Count == 0, sas => !sas.IkeSas.Any(sa => sa.IsEstablished));
        scene.SettleWire();
        claims.Hold(
            scene.Messages.Any(message => message.From == name && (message.Message?.All<DeletePayload>().Any(delete => delete.ProtocolId == ProtocolId.Isakmp) ?? false)),
            $"a Delete of the IKE SA from {name}",
            () => string.Join("; ", scene.Messages.Select(MessageOracle.Text)));
        claims.Hold(west, "no IKE SA on west's side", () => $"{scene.WestIkeSas.Count}");
        claims.Hold(!east.IkeSas.Any(sa => sa.IsEstablished), "no established IKE SA on east's side", () => Phase1Steps.Text(east));
        claims.Hold(
            !scene.Messages.Any(message => message.Header.ExchangeType == Wire.Isakmp.ExchangeType.QuickMode),
            "no quick mode",
            () => string.Join("; ", scene.Messages.Select(MessageOracle.Text)));
    }

    private static SidePolicy Forget(SidePolicy side) =>
        side.Xauth is { IsServer: false } client ? side with { Xauth = client with { Password = "a password that the gateway does not know" } } : side;
}
