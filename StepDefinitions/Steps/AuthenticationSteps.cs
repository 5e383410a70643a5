// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>The proofs of phase 1, right and wrong ones.</summary>
[Binding]
public sealed class AuthenticationSteps(Scene scene, Claims claims)
{
    private const string WrongSignature = "RFC2408-5.12-01";
    private const string WrongHash = "RFC2408-5.11-01";
    private const string ChangedExchange = "RFC2409-5-05";

    private bool _honestSucceeded;

    [When("(west|east) starts phase 1, but west's (signature|hash) is wrong")]
    public Task WhenWrongProof(Side side, string proof)
    {
        var (type, clause) = proof == "signature" ? (PayloadType.Signature, WrongSignature) : (PayloadType.Hash, WrongHash);
        return scene.StartPhase1WithWrongProofAsync(side, message => new PayloadFault(
            $"WRONG-{proof}", FaultSeam.Message, message with { Payload = new(type) }, new PayloadOperation.FlipBits(^1, 1), clause, []));
    }

    [When("(west|east) starts phase 1, but the message with west's proof is of another exchange")]
    public Task WhenChangedExchange(Side side)
    {
        var other = scene.Policy.West.Mode == Phase1Mode.Main ? ExchangeType.Aggressive : ExchangeType.IdentityProtection;
        return scene.StartPhase1WithWrongProofAsync(side, message => new BytesFault(
            "OTHER-EXCHANGE", FaultSeam.ProtectedBytes, message, new BytesOperation.SetHeader(HeaderField.ExchangeType, (ulong)other), ChangedExchange, []));
    }

    [When("west then starts phase 1 honestly")]
    public async Task WhenAgain() => _honestSucceeded = await scene.AuthenticateAgainAsync();

    [Then("east has accepted the honest phase 1 and not the one before")]
    public async Task ThenOnlyHonest()
    {
        claims.Hold(_honestSucceeded, "the phase 1 that west started honestly afterwards is established", () => $"it is not; {scene.LastEvents}");
        NotEstablished(await scene.ListEastAsync());
    }

    [Then("east does not accept west")]
    public async Task ThenNotAccepted() => NotEstablished(await scene.WaitForDecisionAsync());

    [Then("the proofs of both sides cover what crossed the wire")]
    public void ThenProofs() => claims.Hold(ProofOracle.Proofs(scene.Messages, scene.Knowledge));

    [Then("behind the encrypted nonce of each side the lengths of all payloads are whole cipher blocks")]
    public void ThenBehindNonce() => claims.Hold(RevisedModeOracle.BehindNonce(scene.Messages, scene.Policy.West.Phase1[0].Encryption.BlockSize));

    [Then("phase 1 is established nevertheless")]
    public async Task ThenNevertheless()
    {
        scene.RequireBentMessage();
        scene.WaitUntil(() => scene.Bed.West.IkeSas.Count > 0 || Complaint() is not null);
        claims.Hold(scene.WestIkeSas.Count > 0, "phase 1 is complete on west's side", () => Complaint() is { } complaint
            ? $"frame {complaint.Number}: {MessageOracle.Text(complaint)}"
            : $"no IKE SA; {scene.LastEvents}");
        var east = await scene.WaitForEastAsync(sas => sas.IkeSas.Any(sa => sa.IsEstablished));
        claims.Hold(east.Shows(sas => sas.IkeSas.Any(sa => sa.IsEstablished)), "east lists an established IKE SA", () => Phase1Steps.Text(east));
    }

    /// <summary>An error that east notifies; null for none.</summary>
    private ObservedIke? Complaint() => scene.Messages.FirstOrDefault(m => m is { From: "east", ErrorNotified: not null });

    private void NotEstablished(PeerSas sas)
    {
        var first = scene.FirstCookie;
        claims.Hold(
            sas.Shows(list => !list.IkeSas.Any(sa => sa.InitiatorCookie == first && sa.IsEstablished)),
            $"east has no established IKE SA with initiator cookie {first}",
            () => Phase1Steps.Text(sas));
        if (scene.Messages.FirstOrDefault(m => m.Header.InitiatorCookie == first && m.From == "east" && IsBehindProof(m)) is { } next)
        {
            claims.Hold(false, "no message of phase 1 or 2 behind the proof that cannot be accepted", () => $"frame {next.Number}: {MessageOracle.Text(next)}");
        }
    }

    private bool IsBehindProof(ObservedIke message) => message.Header.ExchangeType switch
    {
        ExchangeType.IdentityProtection or ExchangeType.Aggressive => message.Ordinal > scene.WestProof,
        ExchangeType.QuickMode => true,
        _ => false,
    };
}
