// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults.Received;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>West sends a message with a wrong field, and behaves afterwards.</content>
public sealed partial class Scene
{
    private ReceivedCase? _received;
    private bool _honestSucceeded;

    /// <summary>What is wrong with west's message.</summary>
    public ReceivedCase Received => _received ?? throw new InvalidOperationException("no step has sent a bent message");

    /// <summary>The bent message: the exchange that it belongs to, and what left.</summary>
    public BentExchange? Bent { get; private set; }

    /// <summary>Whether the honest exchange behind the bent message gave what it should.</summary>
    public bool HonestSucceeded => _honestSucceeded;

    /// <summary>Brings an exchange to where west sends the message, and has it send it bent.</summary>
    /// <param name="item">Which message, and what is wrong with it.</param>
    /// <exception cref="EnvironmentException">It never came to that, and without the fault nothing comes about either.</exception>
    public async Task SendBentAsync(ReceivedCase item)
    {
        _received = item;
        var row = item.Message;
        (Policy, ControlPolicy) = (ForBent(Policy), ForBent(ControlPolicy));
        await OpenAsync();
        if (row.IsConnected && !Bed.East.WaitsForConnected)
        {
            throw new UnsupportedException("the peer does not wait for CONNECTED, as IKE1-COMMIT-001 shows: what it makes of a wrong one cannot be seen");
        }

        await PrepareBentAsync();

        OnLoop(() => item.Faults.ToList().ForEach(Bed.Faults.Add));
        await StartBentAsync();
        if (!WaitUntil(() => (Bent ??= FindBent()) is not null))
        {
            await RunControlAsync(row.ByInitiator ? Side.East : Side.West, ControlChild);
            throw new EnvironmentException($"{item} was never sent, because the exchange did not come so far; {LastEvents}");
        }
    }

    /// <summary>
    /// West begins an honest exchange of the kind. Its success proves that the bent message, sent before it, has been processed, and that
    /// east is as able to talk as before.
    /// </summary>
    /// <exception cref="EnvironmentException">It fails, but so does the same on a bed of its own.</exception>
    public async Task BeginHonestAsync()
    {
        _honestSucceeded = Received.Exchange switch
        {
            ExchangeType.Informational => await DeleteHonestlyAsync(),
            ExchangeType.QuickMode => await NegotiateHonestlyAsync(),
            ExchangeType.NewGroupMode => await OfferHonestlyAsync(),
            ExchangeType.Transaction when Received.Message.Message == 1 => RequestHonestly(),
            _ => await AuthenticateHonestlyAsync(),
        };
        if (!_honestSucceeded)
        {
            await RunControlAsync(Side.West, Received.Exchange is ExchangeType.QuickMode or ExchangeType.Informational ? 0 : null);
        }
    }

    private Task StartBentAsync()
    {
        var row = Received.Message;
        switch (Received.Exchange)
        {
            case ExchangeType.NewGroupMode:
                return OfferGroupAsync(row.ByInitiator ? Side.East : Side.West, FirstPrivateGroup);
            case ExchangeType.Transaction when row.Message == 1:
                AskForConfiguration([ConfigurationAttribute.ApplicationVersion]);
                return Task.CompletedTask;
            case ExchangeType.Informational:
                OnLoop(() => Bed.West.Command(new DeleteChildSa(Bed.West.ChildSas.First(pair => pair.Child == ScenePolicy.Children[0]).InboundSpi)));
                return Task.CompletedTask;
            case ExchangeType.QuickMode:
                return StartAsync(Bed, row.ByInitiator ? Side.East : Side.West, child: 0);
            default:
                // Only with a child does the initiator have something to say after message 6.
                return row.ByInitiator
                    ? StartAsync(Bed, Side.East, child: 0)
                    : StartAsync(Bed, Side.West, child: null);
        }
    }

    private BentExchange? FindBent()
    {
        if (Bed.Faults.Sent is [var sent, ..])
        {
            var spi = sent.Payloads.OfType<SaPayload>().SelectMany(sa => sa.Proposals).Select(proposal => proposal.Spi).FirstOrDefault();
            return new(sent.Header, sent.Datagram, spi);
        }

        return null;
    }

    private async Task<bool> AuthenticateHonestlyAsync()
    {
        OnLoop(() => Bed.West.Command(new InitiateIkeSa(ConnectionName)));
        IkeSaDescription? fresh = null;
        var west = WaitUntil(() => (fresh = Bed.West.IkeSas.FirstOrDefault(sa => sa.IsInitiator && sa.InitiatorCookie != Bent!.Header.InitiatorCookie)) is not null);
        var east = west ? await WaitForEastAsync(sas => sas.IkeSas.Any(IsFresh)) : await ListEastAsync();
        return west && east.Shows(sas => sas.IkeSas.Any(IsFresh));

        bool IsFresh(PeerIkeSa sa) => sa.IsEstablished && sa.InitiatorCookie == fresh!.InitiatorCookie;
    }

    private async Task<bool> NegotiateHonestlyAsync()
    {
        ChildSaPair? fresh = null;
        Negotiate();
        WaitUntil(() => HasFresh() || Bed.WestWitness.Saw<ExchangeFailed>().Any(IsHonest));
        if (fresh is null)
        {
            // An error that names no SPI and was meant for the bent quick mode ends the only one that waits for an answer.
            Negotiate();
        }

        var west = WaitUntil(HasFresh);
        var east = west ? await WaitForEastAsync(sas => sas.ChildSas.Any(IsFresh)) : await ListEastAsync();
        return west && east.Shows(sas => sas.ChildSas.Any(IsFresh));

        void Negotiate() => OnLoop(() => Bed.West.Command(new InitiateChildSa(ConnectionName, ScenePolicy.Children[0])));
        bool HasFresh() => (fresh = Bed.West.ChildSas.FirstOrDefault(pair => pair.IsInitiator && pair.MessageId != Bent!.Header.MessageId)) is not null;
        bool IsHonest(ExchangeFailed failed) => failed.Exchange == ExchangeType.QuickMode && failed.MessageId != Bent!.Header.MessageId;
        bool IsFresh(PeerChildSa pair) => pair.OutboundSpi == fresh!.InboundSpi;
    }

    private async Task<bool> DeleteHonestlyAsync()
    {
        var other = OnLoop(() =>
        {
            var pair = Bed.West.ChildSas.First(child => child.Child == ScenePolicy.Children[1]);
            Bed.West.Command(new DeleteChildSa(pair.InboundSpi));
            return pair;
        });
        var east = await WaitForEastAsync(sas => sas.ChildSas.All(pair => pair.OutboundSpi != other.InboundSpi));
        return east.ChildSas.All(pair => pair.OutboundSpi != other.InboundSpi);
    }

    private void OnLoop(Action action) => OnLoop(() =>
    {
        action();
        return true;
    });

    private T OnLoop<T>(Func<T> function) => Bed.Loop.Invoke(function);
}
