// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Ike.Effects;
using Ipsec.Transports;
using Microsoft.Extensions.Logging;

namespace Ipsec.Daemon.Runtime;

/// <summary>Tells the log what the gateway does. What others can cause at will is limited to one line a second for each reason.</summary>
/// <param name="log">The log.</param>
/// <param name="clock">The time.</param>
internal sealed class LoggingObserver(ILogger log, TimeProvider clock) : IGatewayObserver
{
    private readonly RateLimit _limit = new(clock);

    public void OnIke(IkeEffect effect)
    {
        switch (effect)
        {
            case IkeSaEstablished { Sa: var sa }:
                log.IkeUp(sa.Connection, sa.PeerIdentity, sa.Remote, sa.Suite);
                break;
            case IkeSaClosed closed:
                log.IkeDown(closed.Sa.Connection, closed.Sa.Remote, closed.Reason);
                break;
            case InstallChildSa { Pair: var pair }:
                log.ChildUp(pair.Connection, pair.Child, pair.Protocol, pair.InboundSpi, pair.OutboundSpi, SuiteOf(pair), pair.NegotiatedMode, pair.LifetimeSeconds);
                break;
            case RemoveChildSa { Pair: var pair } removed:
                log.ChildDown(pair.Connection, pair.Child, pair.Protocol, pair.InboundSpi, pair.OutboundSpi, removed.Reason);
                break;
            case ExchangeFailed failed when _limit.Allows($"{failed.Sa.Connection} {failed.Exchange}", out _):
                log.ExchangeFailed(failed.Sa.Connection, failed.Exchange, failed.Reason);
                break;
            case PeerDead dead:
                log.PeerDead(dead.Sa.Connection, dead.Sa.Remote);
                break;
            case PeerAddressChanged moved:
                log.PeerMoved(moved.Sa.Connection, moved.Old, moved.New);
                break;
            case PeerNotified notified when _limit.Allows($"notification {notified.Notification.NotifyType}", out _):
                log.Notified(notified.Sa.Connection, notified.Notification.NotifyType);
                break;
            case ChildSaLifetimeReached child:
                log.LifetimeReached(child.Pair.Connection, $"child {child.Pair.Child}, {child.Unit}{(child.IsHard ? ", over" : "")}");
                break;
            case IkeSaLifetimeReached ike:
                log.LifetimeReached(ike.Sa.Connection, $"IKE SA, {ike.Unit}{(ike.IsHard ? ", over" : "")}");
                break;
            case DatagramDiscarded discarded when _limit.Allows(discarded.Clause, out var suppressed):
                log.Discarded(discarded.Remote, discarded.Reason, discarded.Clause, suppressed);
                break;
            case MessageTraced traced when log.IsEnabled(LogLevel.Trace):
                log.Message(traced.Sa.Connection, traced.IsSent ? "sent" : "received", traced.Message);
                break;
        }
    }

    public void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet)
    {
    }

    public void OnDelivered(ReadOnlyMemory<byte> innerPacket)
    {
    }

    public void OnAudited(AuditRecord record)
    {
        if (_limit.Allows($"audit {record.Event.Outcome}", out var suppressed))
        {
            log.Audited(record.Event.ToString(), record.Name ?? "no SA", record.Selectors?.ToString() ?? "no selectors", suppressed + record.Suppressed);
        }
    }

    public void OnTransportError(TransportError error)
    {
        if (_limit.Allows($"network {error.Reason}", out var suppressed))
        {
            log.Transport(error.Reason, error.Remote, suppressed);
        }
    }

    internal static string SuiteOf(ChildSaPair pair) => (pair.Encryption, pair.Integrity) switch
    {
        (null, { } integrity) => integrity.Name,
        ({ } encryption, null) => encryption.Name,
        ({ } encryption, { } integrity) => $"{encryption.Name} / {integrity.Name}",
        _ => "none",
    };
}
