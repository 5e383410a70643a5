// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>What must be agreed on and done before a message of each exchange can be sent bent, and honest exchanges of those that have no SA.</content>
public sealed partial class Scene
{
    private const ushort FirstPrivateGroup = 0x8001;
    private const ushort SecondPrivateGroup = 0x8002;

    /// <summary>What the control of a bent exchange brings up: with a private group that nobody has offered there is no quick mode.</summary>
    private int? ControlChild => Received.Exchange == ExchangeType.NewGroupMode ? null : 0;

    private bool IsAnswerWithConfiguration => Received is { Exchange: ExchangeType.Transaction, Message.Message: 2 };

    private ScenePolicy ForBent(ScenePolicy policy) => Received.Exchange switch
    {
        ExchangeType.Aggressive => policy.Both(side => side with { Mode = Phase1Mode.Aggressive }),
        ExchangeType.NewGroupMode => policy.Both(side => side with { PrivateGroup = FirstPrivateGroup }),
        ExchangeType.QuickMode when Received.Message.IsConnected => policy with { West = policy.West with { SetsCommitBit = true } },
        ExchangeType.Transaction when IsAnswerWithConfiguration => policy with
        {
            West = policy.West with { ModeConfig = new(IsServer: true, IsPush: false, HasDns: true) },
            East = policy.East with { ModeConfig = new(IsServer: false, IsPush: false) },
        },
        _ => policy,
    };

    /// <summary>Brings about what the exchange stands on, where that is not part of what is bent.</summary>
    private async Task PrepareBentAsync()
    {
        switch (Received.Exchange)
        {
            case ExchangeType.Informational:
                await StartAsync(Bed, Side.West, child: 0);
                await StartAsync(Bed, Side.West, child: 1);
                await WaitForBothAsync(() => Bed.West.ChildSas.Count == 2, sas => sas.ChildSas.Length == 2);
                break;
            case ExchangeType.NewGroupMode:
            case ExchangeType.Transaction when !IsAnswerWithConfiguration:
                await StartAsync(Bed, Side.West, child: null);
                var (west, east) = await WaitForBothAsync(() => Bed.West.IkeSas.Count > 0, sas => sas.IkeSas.Any(sa => sa.IsEstablished));
                if (!west || !east.IkeSas.Any(sa => sa.IsEstablished))
                {
                    throw new EnvironmentException($"phase 1 did not come about, without which there is no {Received.MessageName}; {LastEvents}");
                }

                break;
        }
    }

    private bool RequestHonestly()
    {
        var before = Answers();
        AskForConfiguration([ConfigurationAttribute.ApplicationVersion]);
        return WaitUntil(() => Answers() > before);

        int Answers() => Bed.WestWitness.Saw<ConfigurationAssigned>().Count();
    }

    /// <summary>
    /// Whether the first group became known to east shows in its quick mode, which cannot begin without it: that is ordered first, so that it
    /// has begun, if ever, when the second group has been given.
    /// </summary>
    private async Task<bool> OfferHonestlyAsync()
    {
        var offering = Received.Message.ByInitiator ? Side.East : Side.West;
        if (offering == Side.East)
        {
            await Bed.East.InitiateChildAsync(ScenePolicy.Children[0]);
        }

        await OfferGroupAsync(offering, SecondPrivateGroup);
        return WaitUntil(() => Bed.WestWitness.Saw<GroupNegotiated>().Any(negotiated => negotiated.Group.Id == SecondPrivateGroup));
    }
}
