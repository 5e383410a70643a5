// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Ipsec.Crypto.Signatures;
using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>How the sides prove who they are, and what comes of a proof that is none.</content>
public sealed partial class Scene
{
    private readonly List<Action<TestBed>> _preparations = [];

    /// <summary>What west's policy becomes where west is to claim what no neutral policy would; null for nothing else.</summary>
    public Func<ConnectionPolicy, ConnectionPolicy>? WestBend { get; set; }

    /// <summary>The cookie of the first phase 1 exchange on the wire; null before there is one.</summary>
    public Cookie? FirstCookie => Messages.FirstOrDefault(IsPhase1)?.Header.InitiatorCookie;

    /// <summary>What an observer must know beside the wire to recompute the proofs of the first phase 1 exchange.</summary>
    public Phase1Knowledge Knowledge => new()
    {
        PreSharedKey = Encoding.UTF8.GetBytes(Policy.West.PreSharedKey),
        Skeyid = Bed.WestWitness.Saw<IkeSaKeyed>().FirstOrDefault()?.Skeyid ?? default,
        Keys = ImmutableDictionary.CreateRange(new[] { ("west", Policy.West), ("east", Policy.East) }
            .Where(side => side.Item2.Certificate is not null)
            .Select(side => KeyValuePair.Create(side.Item1, KeyOf(side.Item1, side.Item2.Certificate!)))),
    };

    /// <summary>The number of the message in which west proves its part.</summary>
    public int WestProof => (Policy.West.Mode, Initiator) switch
    {
        (Phase1Mode.Main, Side.West) => 5,
        (Phase1Mode.Main, _) => 6,
        (_, Side.West) => 3,
        _ => 2,
    };

    private ExchangeType Phase1Exchange => Policy.West.Mode == Phase1Mode.Main ? ExchangeType.IdentityProtection : ExchangeType.Aggressive;

    /// <summary>Has something done to the bed once both sides are configured, and before anything happens.</summary>
    /// <param name="action">What; runs on the bed's loop.</param>
    public void Prepare(Action<TestBed> action) => _preparations.Add(action);

    /// <summary>Has something done to a message of west's.</summary>
    /// <param name="number">Number of the message of phase 1.</param>
    /// <param name="payload">The payload; null for the first.</param>
    /// <param name="operation">What is done to it, made when the bed is there.</param>
    /// <param name="clause">The clause that judges the reaction.</param>
    public void PrepareMessage(int number, PayloadPath? payload, Func<TestBed, PayloadOperation> operation, string clause) => Prepare(bed => bed.Faults.Add(new PayloadFault(
        FormattableString.Invariant($"WEST-{number}-{payload}"), FaultSeam.Message, new(Phase1Exchange, number) { Payload = payload }, operation(bed), clause, [])));

    /// <summary>Starts phase 1 with a fault in the message in which west proves its part.</summary>
    /// <param name="side">Who starts it.</param>
    /// <param name="fault">The fault, for the message that it is told.</param>
    public async Task StartPhase1WithWrongProofAsync(Side side, Func<MessageSelector, Fault> fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        await ControlAsync(side, child: null);
        await OpenAsync();
        Initiator = side;
        OnLoop(() => Bed.Faults.Add(fault(new MessageSelector(Phase1Exchange, WestProof))));
        await StartAsync(Bed, side, child: null);
    }

    /// <summary>Has west start quick mode as soon as west takes phase 1 for complete, whatever east has got by then.</summary>
    public async Task StartQuickModeAtOnceAsync()
    {
        WaitUntil(() => Bed.West.IkeSas.Count > 0);
        var initiator = Initiator;
        await StartAsync(Bed, Side.West, child: 0);
        Initiator = initiator;
    }

    /// <summary>Makes sure that a message left as the scenario wants it.</summary>
    /// <exception cref="EnvironmentException">None did: the scenario shows nothing.</exception>
    public void RequireBentMessage()
    {
        if (!WaitUntil(() => Bed.Faults.Sent.Count > 0))
        {
            throw new EnvironmentException($"west never sent the message that was to be another than usual; {LastEvents}");
        }
    }

    /// <summary>West starts phase 1 again, with nothing wrong in it.</summary>
    /// <returns>Whether both sides have an IKE SA of it.</returns>
    public async Task<bool> AuthenticateAgainAsync()
    {
        RequireBentMessage();
        var known = OnLoop(() => Bed.West.IkeSas.Select(sa => sa.InitiatorCookie).Append(FirstCookie!.Value).ToHashSet());
        OnLoop(() => Bed.West.Command(new InitiateIkeSa(ConnectionName)));
        IkeSaDescription? fresh = null;
        var west = WaitUntil(() => (fresh = Bed.West.IkeSas.FirstOrDefault(sa => sa.IsInitiator && !known.Contains(sa.InitiatorCookie))) is not null);
        var east = west ? await WaitForEastAsync(sas => sas.IkeSas.Any(IsFresh)) : await ListEastAsync();
        return west && east.Shows(sas => sas.IkeSas.Any(IsFresh));

        bool IsFresh(PeerIkeSa sa) => sa.IsEstablished && sa.InitiatorCookie == fresh!.InitiatorCookie;
    }

    /// <summary>Waits until east has taken west's proof or refused it, which it need not say.</summary>
    /// <returns>What east lists then.</returns>
    public async Task<PeerSas> WaitForDecisionAsync()
    {
        // East may refuse before west comes to its proof: an identity that goes ahead of it.
        WaitUntil(() => Messages.Any(m => (IsPhase1(m) && m.From == "west" && m.Ordinal >= WestProof)
            || (m.Header.ExchangeType == ExchangeType.Informational && m.From == "east")));
        var first = FirstCookie;

        // In memory east handles one message after the other: when it answers another exchange, it has judged the first.
        OnLoop(() => Bed.West.Command(new InitiateIkeSa(ConnectionName)));
        WaitUntil(() => Messages.Any(m => m.From == "east" && m.Header.InitiatorCookie != first));
        // Who has said so has decided, and may keep a half-open IKE SA until its time is over.
        var hasRefused = Messages.Any(m => m.From == "east" && m.Header.ExchangeType == ExchangeType.Informational && m.Header.InitiatorCookie == first);
        return hasRefused ? await ListEastAsync() : await WaitForEastAsync(sas => sas.IkeSas.All(sa => sa.InitiatorCookie != first || sa.IsEstablished));
    }

    private static bool IsPhase1(ObservedIke message) => message.Header.ExchangeType is ExchangeType.IdentityProtection or ExchangeType.Aggressive;

    private static SigningKey KeyOf(string side, CertificateChoice choice) =>
        SigningKey.TryRead(ThrowAwayKey.Of(side, choice.Key).Pem, out var key, out var problem) ? key : throw new InvalidOperationException($"the key of {side}: {problem}");
}
