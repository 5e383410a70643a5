// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Daemon.Configuration;
using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Microsoft.Extensions.Logging;

namespace Ipsec.Daemon.Runtime;

/// <summary>Keeps up the children that are to be up: starts them, and again when they are gone. Lives on the gateway's event loop.</summary>
internal sealed class ChildKeeper : IGatewayObserver
{
    /// <summary>Time from a failure to the next attempt.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // Longer than any exchange takes to be given up; what nobody reported as failed by then is tried again.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SecurityGateway _gateway;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ImmutableArray<Kept> _kept;

    public ChildKeeper(SecurityGateway gateway, IEnumerable<ConnectionSettings> connections, TimeProvider clock, ILogger log)
    {
        (_gateway, _clock, _log) = (gateway, clock, log);
        _kept =
        [
            .. connections.SelectMany(connection => connection.Children.Select(child => new Kept(
                connection.Policy.Name,
                child.Name,
                isAlways: child.Start == StartMode.Initiate,
                canStart: child.Start != StartMode.None || connection.Policy.DeadPeerDetection?.Action == DeadPeerAction.Restart))),
        ];
    }

    /// <summary>Starts what is not there and may be tried now. To be called every second or so.</summary>
    public void Tend()
    {
        var now = _clock.GetUtcNow();
        var present = _gateway.ChildSas.Select(pair => (pair.Connection, pair.Child)).ToHashSet();
        foreach (var child in _kept)
        {
            if (present.Contains((child.Connection, child.Child)))
            {
                child.IsRestarted = false;
            }
            else if ((child.IsAlways || child.IsRestarted) && now >= child.NextTry)
            {
                child.NextTry = now + Patience;
                _log.Initiating(child.Connection, child.Child);
                _gateway.Command(new InitiateChildSa(child.Connection, child.Child));
            }
        }
    }

    public void OnIke(IkeEffect effect)
    {
        switch (effect)
        {
            case ExchangeFailed failed:
                Rest(failed.Sa.Connection);
                break;
            case IkeSaClosed closed:
                Rest(closed.Sa.Connection);
                break;
            case InstallChildSa { Pair: var pair }:
                foreach (var child in _kept.Where(child => child.Connection == pair.Connection && child.Child == pair.Child))
                {
                    child.NextTry = default;
                }

                break;
            case PeerDead { Action: DeadPeerAction.Restart } dead:
                foreach (var child in _kept.Where(child => child.Connection == dead.Sa.Connection && child.CanStart))
                {
                    child.IsRestarted = true;
                    child.NextTry = default;
                }

                break;
        }
    }

    public void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet)
    {
    }

    public void OnDelivered(ReadOnlyMemory<byte> innerPacket)
    {
    }

    private void Rest(string connection)
    {
        var next = _clock.GetUtcNow() + RetryAfter;
        foreach (var child in _kept.Where(child => child.Connection == connection && child.NextTry > next))
        {
            child.NextTry = next;
        }
    }

    private sealed class Kept(string connection, string child, bool isAlways, bool canStart)
    {
        public string Connection => connection;

        public string Child => child;

        public bool IsAlways { get; } = isAlways;

        public bool CanStart { get; } = canStart;

        public bool IsRestarted { get; set; }

        public DateTimeOffset NextTry { get; set; }
    }
}
