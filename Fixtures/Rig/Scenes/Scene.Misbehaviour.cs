// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>East breaks the rules, and west is judged.</content>
public sealed partial class Scene
{
    private Misbehaviour? _misbehaviour;
    private ObservedIke? _offence;
    private int _misbehavesFrom;

    /// <summary>What east was told to do.</summary>
    public Misbehaviour Misbehaviour => _misbehaviour ?? throw new InvalidOperationException("no step has told east to misbehave");

    /// <summary>The first message that shows east's misbehaviour; null while there is none.</summary>
    public ObservedIke? Offence => _offence ??= Misbehaviour.Sign(SinceThen);

    /// <summary>The IKE messages since east was told to misbehave, repetitions among them.</summary>
    public IReadOnlyList<ObservedIke> SinceThen => [.. Frames.OfType<ObservedIke>().Where(message => message.Number > _misbehavesFrom)];

    /// <summary>Has east break a rule from now on. A negative scenario first shows that without that all is well.</summary>
    /// <param name="how">Which.</param>
    public async Task MisbehaveAsync(Misbehaviour how)
    {
        await ControlAsync(Policy.East.Xauth is { IsServer: false } ? Side.East : Side.West, child: 0);
        await OpenAsync();
        _misbehaviour = how;
        _misbehavesFrom = Bed.Wire.Frames.Count;
        await Bed.East.MisbehaveAsync(how);
    }

    /// <summary>Has west set up an IKE SA and a pair of IPsec SAs, whatever is left of earlier exchanges.</summary>
    /// <returns>Whether both sides came to hold them.</returns>
    public async Task<bool> SetUpAnewAsync()
    {
        var before = Frames.OfType<ObservedIke>().Select(message => message.Header.InitiatorCookie).ToHashSet();
        OnLoop(() => Bed.West.Command(new InitiateIkeSa(ConnectionName)));
        IkeSaDescription? sa = null;
        if (!WaitUntil(() => (sa = Bed.West.IkeSas.FirstOrDefault(one => one.IsInitiator && !before.Contains(one.InitiatorCookie))) is not null))
        {
            return false;
        }

        OnLoop(() => Bed.West.Command(new InitiateChildSa(ConnectionName, ScenePolicy.Children[0])));
        ChildSaPair? pair = null;
        if (!WaitUntil(() => (pair = Bed.West.ChildSas.FirstOrDefault(one => one.Cookies == (sa!.InitiatorCookie, sa.ResponderCookie))) is not null))
        {
            return false;
        }

        var east = await WaitForEastAsync(sas => sas.ChildSas.Any(one => (one.OutboundSpi, one.InboundSpi) == (pair!.InboundSpi, pair.OutboundSpi)));
        return east.ChildSas.Any(one => (one.OutboundSpi, one.InboundSpi) == (pair!.InboundSpi, pair.OutboundSpi));
    }
}
