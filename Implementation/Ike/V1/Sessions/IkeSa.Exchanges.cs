// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Announcements;
using Ipsec.Ike.V1.Nat;

namespace Ipsec.Ike.V1.Sessions;

/// <content>What runs beside the two phases: NAT traversal, dead peer detection, transaction exchanges.</content>
internal sealed partial class IkeSa
{
    private readonly VendorIdExtension _announced = new();
    private readonly NatTraversalExtension _nat;

    private IEnumerable<DateTimeOffset?> ExchangeDeadlines =>
        _transactions.Values.SelectMany(t => new[] { t.Pending?.Due, t.ForgetAt }).Append(KeepaliveDue).Append(ProbeDue).Append(_xauthDue).Append(_configurationDue);

    /// <summary>What rides on phase 1, and what comes between it and phase 2, in the order of their turns.</summary>
    private void PrepareExchanges()
    {
        _phase1Extensions.Add(_announced);
        _phase1Extensions.Add(_nat);
        _afterPhase1.Enqueue(new XauthStep());
        _afterPhase1.Enqueue(new ModeConfigStep());
    }

    private void OnExchangeTime(DateTimeOffset now, List<IkeEffect> effects)
    {
        foreach (var transaction in _transactions.Values.ToArray())
        {
            OnTransactionTime(transaction, now, effects);
            if (IsClosed)
            {
                return;
            }
        }

        OnXauthTime(now, effects);
        OnConfigurationTime(now, effects);
        if (!IsClosed)
        {
            OnProbeTime(now, effects);
            OnKeepaliveTime(now, effects);
        }
    }

    private void CloseExchanges(string reason, List<IkeEffect> effects)
    {
        foreach (var transaction in _transactions.Values.Where(t => t.State.Expected is not null))
        {
            effects.Add(new ExchangeFailed(Description, Wire.Isakmp.ExchangeType.Transaction, transaction.MessageId, reason));
        }

        _transactions.Clear();
        (_pendingProbe, _probe, _xauthDue, _configurationDue, _sentAt) = (null, null, null, null, null);
    }
}
