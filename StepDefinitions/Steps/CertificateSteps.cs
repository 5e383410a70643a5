// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Certificates;
using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Effects;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Certificates: who has which, when they cross the wire, and which are refused.</summary>
[Binding]
public sealed class CertificateSteps(Scene scene, Claims claims)
{
    private const int BehindAll = int.MaxValue;

    /// <summary>What may be wrong with a certificate, and by which words west may refuse it: a certificate that nobody vouches for also has no known issuer.</summary>
    private static readonly Dictionary<string, (CertificateFlaw Flaw, string[] Reasons)> Flaws = new(StringComparer.Ordinal)
    {
        ["has expired"] = (CertificateFlaw.Expired, [nameof(CertificateStatus.Expired)]),
        ["is not valid yet"] = (CertificateFlaw.NotYetValid, [nameof(CertificateStatus.NotYetValid)]),
        ["is revoked"] = (CertificateFlaw.Revoked, [nameof(CertificateStatus.Revoked)]),
        ["comes from an unknown authority"] = (CertificateFlaw.UnknownAuthority, [nameof(CertificateStatus.UnknownIssuer)]),
        ["is forged"] = (CertificateFlaw.Forged, [nameof(CertificateStatus.BadSignature), nameof(CertificateStatus.UnknownIssuer)]),
        ["was issued by somebody who is no authority"] = (CertificateFlaw.IssuerIsNoAuthority, [nameof(CertificateStatus.NotACa), nameof(CertificateStatus.UnknownIssuer)]),
        ["holds another identity"] = (CertificateFlaw.OtherIdentity, ["does not name", "calls itself"]),
    };

    private static readonly Dictionary<string, CertificateKeyType> Keys = new(StringComparer.Ordinal)
    {
        ["RSA-2048"] = CertificateKeyType.Rsa2048,
        ["RSA-3072"] = CertificateKeyType.Rsa3072,
        ["RSA-4096"] = CertificateKeyType.Rsa4096,
        ["ECDSA-256"] = CertificateKeyType.EcdsaP256,
        ["ECDSA-384"] = CertificateKeyType.EcdsaP384,
        ["ECDSA-521"] = CertificateKeyType.EcdsaP521,
    };

    [Given("(west|east)'s certificate (has expired|is .*|comes from .*|was issued by .*|holds .*)")]
    public void GivenFlaw(Side side, string flaw) => scene.Policy = side == Side.West
        ? scene.Policy with { West = With(scene.Policy.West, choice => choice with { Flaw = Flaws[flaw].Flaw }) }
        : scene.Policy with { East = With(scene.Policy.East, choice => choice with { Flaw = Flaws[flaw].Flaw }) };

    [Given("(\\d) authorit(?:y stands|ies stand) between each certificate and the trusted one")]
    public void GivenIntermediates(int count) => Agree(choice => choice with { Intermediates = count });

    [Given("the authorities have (.*) keys")]
    public void GivenAuthorityKeys(string key) => Agree(choice => choice with { AuthorityKey = Keys[key] });

    [Given("the certificates have (.*) keys")]
    public void GivenKeys(string key) => Agree(choice => choice with { Key = Keys[key] });

    [Given("both sides demand current revocation lists, which the authorities have published")]
    public void GivenLists() => Agree(choice => choice with { Listing = RevocationListing.Current, DemandsRevocationList = true });

    [Given("both sides have each other's certificate, and neither send nor ask")]
    public void GivenKnown() => Agree(choice => choice with { KnowsRemote = true, Sending = CertificateSending.Never, SendsRequests = false });

    [Given("west asks for east's certificate in message (\\d) and no other")]
    public void GivenRequest(int number)
    {
        // West could do without, so that only the claim about the certificate hangs on the request.
        scene.Policy = scene.Policy with { West = With(scene.Policy.West, choice => choice with { SendsRequests = false, KnowsRemote = true }) };
        scene.PrepareMessage(number, payload: null, bed => new PayloadOperation.Insert(Request(bed.WestPolicy!), Before: false), "RFC2408-3.10-01");
    }

    [Given("west sends its certificate in message (\\d) as well")]
    public void GivenEarlyCertificate(int number) =>
        scene.PrepareMessage(number, payload: null, bed => new PayloadOperation.Insert(Certificate(bed.WestPolicy!), Before: false), "RFC2408-3.9-01");

    [Given("west puts its certificate (in front of|behind) everything else in message (\\d)")]
    public void GivenOrder(string where, int number) => scene.PrepareMessage(
        number, new(PayloadType.Certificate), _ => new PayloadOperation.MoveTo(where == "behind" ? BehindAll : 0), "RFC2409-5.1-03");

    [Then("east sends its certificate, for it was asked")]
    public void ThenSent() => claims.Hold(CertificateOracle.SentWhenAsked(scene.Messages, "east"));

    [Then("both sides send (\\d) certificates?")]
    public void ThenCount(int count)
    {
        claims.Hold(CertificateOracle.Count(scene.Messages, "west", count));
        claims.Hold(CertificateOracle.Count(scene.Messages, "east", count));
    }

    [Then("no message holds a certificate or a request for one")]
    public void ThenNone() => claims.Hold(CertificateOracle.None(scene.Messages));

    [Then("west does not accept east, because east's certificate (.*)")]
    public void ThenRefused(string flaw)
    {
        var reasons = Flaws[flaw].Reasons;
        claims.Hold(
            scene.WaitUntil(() => Refusals().Any(reason => reasons.Any(reason.Contains))),
            $"west discards the message with east's proof: {string.Join(" or ", reasons)}",
            () => string.Join("; ", Refusals().DefaultIfEmpty("west discarded nothing")));
        claims.Hold(scene.WestIkeSas.Count == 0, "no IKE SA on west's side", () => $"{scene.WestIkeSas.Count}");
    }

    private IEnumerable<string> Refusals() => scene.Bed.WestWitness.Saw<DatagramDiscarded>().Select(discarded => discarded.Reason);

    private static CertificateRequestPayload Request(PeerPolicy west) =>
        new((byte)CertificateEncoding.X509Signature, west.Certificates!.Anchors[0].Subject.RawData);

    private static CertificatePayload Certificate(PeerPolicy west) => new((byte)CertificateEncoding.X509Signature, west.Certificates!.Own!.Der);

    private static SidePolicy With(SidePolicy side, Func<CertificateChoice, CertificateChoice> change) =>
        side with { Certificate = change(side.Certificate ?? throw new InvalidOperationException("a step must say first how both sides authenticate")) };

    private void Agree(Func<CertificateChoice, CertificateChoice> change)
    {
        scene.Policy = scene.Policy.Both(side => With(side, change));
        scene.ControlPolicy = scene.ControlPolicy.Both(side => With(side, change));
    }
}
