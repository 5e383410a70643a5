// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Transactions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Extended authentication: draft-beaulieu-ike-xauth-02.</content>
internal sealed partial class IkeSa
{
    private const string XauthClause = "draft-beaulieu-ike-xauth-02 section 6";

    private IAfterPhase1? _xauthStep;
    private XauthServerState? _xauthServer;
    private XauthClient _xauthClient = XauthClient.Initial;
    private DateTimeOffset? _xauthDue;
    private string? _user;
    private bool _isRefused;

    /// <summary>The side that this end takes, by the negotiated method.</summary>
    public XauthRole XauthRole => _state.SecurityOrNull is { } security ? XauthRoles.Of(security.Suite.Authentication, IsInitiator) : XauthRole.None;

    /// <summary>Name of the user that extended authentication has let in; null without one.</summary>
    public string? User => _user;

    private bool IsXauthOver => XauthRole == XauthRole.None || (_user is not null && !_isRefused);

    private XauthPolicy XauthPolicy => Policy.Xauth ?? new XauthPolicy();

    /// <summary>Begins extended authentication right after phase 1.</summary>
    /// <returns>Whether there is none.</returns>
    public bool BeginXauth(IAfterPhase1 step, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (XauthRole == XauthRole.None)
        {
            return true;
        }

        _xauthStep = step;
        if (XauthRole == XauthRole.Server)
        {
            AuthenticateUser(now, effects);
        }
        else
        {
            _xauthDue = now + _services.Limits.Patience;
        }

        return false;
    }

    /// <summary>Asks the peer for its user, at first or again.</summary>
    public void AuthenticateUser(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (XauthRole == XauthRole.Server && _xauthServer is null)
        {
            SendXauth(XauthServer.Start(XauthPolicy, _services.Random), now, effects);
        }
    }

    private void SendXauth(XauthServerState state, DateTimeOffset now, List<IkeEffect> effects)
    {
        _xauthServer = state;
        if (state is XauthServerState.ExpectReply asked)
        {
            StartTransaction(asked.Request, OnReply, (reason, at, then) => EndXauthServer(false, null, reason, at, then), now, effects);
            return;
        }

        var told = (XauthServerState.ExpectAcknowledgement)state;
        if (!told.IsAccepted)
        {
            // Known from here on, whether or not the peer hears of it: nothing else of it is accepted.
            _isRefused = true;
            effects.Add(new XauthFinished(Description, true, false, told.User, told.Reason));
        }

        StartTransaction(told.Result, (_, at, then) => OnAcknowledged(told, at, then), (reason, at, then) => EndXauthServer(false, told.User, reason, at, then), now, effects);

        Rejection? OnReply(AttributesPayload reply, DateTimeOffset at, List<IkeEffect> then)
        {
            SendXauth(XauthServer.OnReply((XauthServerState.ExpectReply)_xauthServer!, reply, XauthPolicy, _services.Random), at, then);
            return null;
        }

        Rejection? OnAcknowledged(XauthServerState.ExpectAcknowledgement result, DateTimeOffset at, List<IkeEffect> then)
        {
            EndXauthServer(result.IsAccepted, result.User, result.Reason, at, then);
            return null;
        }
    }

    /// <summary>A failure ends the IKE SA, and the IPsec SAs of the user (draft section 6).</summary>
    private void EndXauthServer(bool isAccepted, string? user, string? reason, DateTimeOffset now, List<IkeEffect> effects)
    {
        _xauthServer = null;
        if (isAccepted)
        {
            _user = user;
            effects.Add(new XauthFinished(Description, true, true, user, null));
            EndStep(_xauthStep, now, effects);
            return;
        }

        if (!_isRefused)
        {
            _isRefused = true;
            effects.Add(new XauthFinished(Description, true, false, user, reason));
        }

        Dismiss("extended authentication failed", effects);
    }

    /// <summary>Deletes the IPsec SAs of this connection and then this IKE SA, and tells the peer of each.</summary>
    private void Dismiss(string reason, List<IkeEffect> effects)
    {
        // Whoever has never been let in has no SAs but those made here, whatever address it calls from.
        var pairs = _services.Children.All
            .Where(p => p.Connection == Policy.Name && (p.Cookies == (InitiatorCookie, ResponderCookie) || (_user is not null && IsPeerOf(p))))
            .ToArray();
        Array.ForEach(pairs, pair => _services.Children.Remove(pair));
        SendDelete(pairs, effects);
        effects.AddRange(pairs.Select(pair => new RemoveChildSa(pair, reason)));
        SendDelete(effects);
        Close(reason, effects);
    }

    private TransactionAnswer AnswerXauth(AttributesPayload attributes)
    {
        var isRequest = attributes.MessageType == (byte)ConfigurationMessageType.Request;
        if (XauthRole != XauthRole.Client)
        {
            // Who was not to be asked says that it cannot answer (draft section 5); a result told to it means nothing.
            return new(isRequest
                ? new((byte)ConfigurationMessageType.Reply, attributes.Identifier, [XauthAttributes.Status(XauthAttributes.Fail)])
                : new((byte)ConfigurationMessageType.Acknowledge, attributes.Identifier, []));
        }

        if (_isRefused)
        {
            return TransactionAnswer.Reject(new(XauthClause, "the user was refused"));
        }

        if (isRequest)
        {
            return _xauthClient.OnRequest(attributes, Policy.Xauth, out var next, out var reply) is { } wrong
                ? TransactionAnswer.Reject(wrong)
                : new(reply, (now, _) => OnAsked(next, now));
        }

        return _xauthClient.OnSet(attributes, out var isAccepted, out var acknowledgement) is { } unusable
            ? TransactionAnswer.Reject(unusable)
            : new(acknowledgement, (now, effects) => EndXauthClient(isAccepted, XauthAttributes.FindText(attributes, ConfigurationAttribute.XauthMessage), now, effects));
    }

    private void OnAsked(XauthClient next, DateTimeOffset now)
    {
        _xauthClient = next;
        _xauthDue = now + _services.Limits.Patience;
    }

    private void EndXauthClient(bool isAccepted, string? message, DateTimeOffset now, List<IkeEffect> effects)
    {
        _xauthClient = XauthClient.Initial;
        var name = Policy.Xauth?.Credentials?.Name;
        effects.Add(new XauthFinished(Description, false, isAccepted, name, message));
        if (isAccepted)
        {
            _xauthDue = null;
            _user = name ?? string.Empty;
            EndStep(_xauthStep, now, effects);
        }
        else
        {
            // The edge device deletes the IKE SA. It is kept for that long, so that the acknowledgement can be repeated.
            _isRefused = true;
            _xauthDue = now + Policy.Retransmission.IntervalAfter(1) * 2;
        }
    }

    private void OnXauthTime(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (IsClosed || _xauthDue is not { } due || due > now)
        {
            return;
        }

        _xauthDue = null;
        if (!_isRefused)
        {
            effects.Add(new XauthFinished(Description, false, false, Policy.Xauth?.Credentials?.Name, "the peer did not go on"));
            effects.Add(new ExchangeFailed(Description, ExchangeType.Transaction, 0, "extended authentication was not completed"));
        }

        Dismiss("extended authentication failed", effects);
    }

    private void EndStep(IAfterPhase1? step, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (step is not null)
        {
            EndAfterPhase1(step, now, effects);
        }
    }
}
