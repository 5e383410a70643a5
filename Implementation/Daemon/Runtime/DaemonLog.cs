// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Microsoft.Extensions.Logging;

namespace Ipsec.Daemon.Runtime;

/// <summary>The lines of the log.</summary>
internal static partial class DaemonLog
{
    [LoggerMessage(LogLevel.Information, "{Name} is up: device {Device}, addresses {Addresses}, MTU of the outer side {Mtu}, control socket {Control}")]
    public static partial void Up(this ILogger log, string name, string device, string addresses, string mtu, string control);

    [LoggerMessage(LogLevel.Information, "stopping: {Reason}")]
    public static partial void Stopping(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Information, "stopped; IKE SAs deleted: {IkeSas}, child SAs deleted: {ChildSas}")]
    public static partial void Stopped(this ILogger log, int ikeSas, int childSas);

    [LoggerMessage(LogLevel.Information, "{Connection}: IKE SA established with {Peer} at {Remote}: {Suite}")]
    public static partial void IkeUp(this ILogger log, string connection, object? peer, IPEndPoint remote, object? suite);

    [LoggerMessage(LogLevel.Information, "{Connection}: IKE SA with {Remote} closed: {Reason}")]
    public static partial void IkeDown(this ILogger log, string connection, IPEndPoint remote, string reason);

    [LoggerMessage(LogLevel.Information, "{Connection}/{Child}: {Protocol} SAs up, in 0x{Inbound:x8}, out 0x{Outbound:x8}: {Suite}, {Mode}, {Lifetime} s")]
    public static partial void ChildUp(this ILogger log, string connection, string child, object protocol, uint inbound, uint outbound, string suite, object mode, uint lifetime);

    [LoggerMessage(LogLevel.Information, "{Connection}/{Child}: {Protocol} SAs gone, in 0x{Inbound:x8}, out 0x{Outbound:x8}: {Reason}")]
    public static partial void ChildDown(this ILogger log, string connection, string child, object protocol, uint inbound, uint outbound, string reason);

    [LoggerMessage(LogLevel.Warning, "{Connection}: {Exchange} failed: {Reason}")]
    public static partial void ExchangeFailed(this ILogger log, string connection, object exchange, string reason);

    [LoggerMessage(LogLevel.Warning, "{Connection}: the peer at {Remote} is dead")]
    public static partial void PeerDead(this ILogger log, string connection, IPEndPoint remote);

    [LoggerMessage(LogLevel.Information, "{Connection}: the peer has moved from {Old} to {New}")]
    public static partial void PeerMoved(this ILogger log, string connection, IPEndPoint old, IPEndPoint @new);

    [LoggerMessage(LogLevel.Information, "{Connection}: the peer says {Notification}")]
    public static partial void Notified(this ILogger log, string connection, object notification);

    [LoggerMessage(LogLevel.Debug, "{Connection}: lifetime near its end or over: {What}")]
    public static partial void LifetimeReached(this ILogger log, string connection, string what);

    [LoggerMessage(LogLevel.Warning, "discarded a datagram of {Remote}: {Reason} ({Clause}); {Suppressed} more not shown")]
    public static partial void Discarded(this ILogger log, IPEndPoint remote, string reason, string clause, long suppressed);

    [LoggerMessage(LogLevel.Trace, "{Connection}: {Direction} {Message}")]
    public static partial void Message(this ILogger log, string connection, string direction, object message);

    [LoggerMessage(LogLevel.Warning, "audit: {Event}, {Name}, {Selectors}; {Suppressed} more not shown")]
    public static partial void Audited(this ILogger log, string @event, string name, string selectors, long suppressed);

    [LoggerMessage(LogLevel.Warning, "the network: {Reason} (to {Remote}); {Suppressed} more not shown")]
    public static partial void Transport(this ILogger log, string reason, object? remote, long suppressed);

    [LoggerMessage(LogLevel.Information, "{Connection}/{Child}: starting")]
    public static partial void Initiating(this ILogger log, string connection, string child);

    [LoggerMessage(LogLevel.Warning, "cannot undo: ip {Command}")]
    public static partial void CannotUndo(this ILogger log, string command);

    [LoggerMessage(LogLevel.Warning, "cannot set {Path} to {Value}: {Problem}")]
    public static partial void CannotSet(this ILogger log, string path, string value, string problem);

    [LoggerMessage(LogLevel.Warning, "net.ipv4.ip_forward is 0: packets of hosts behind this gateway are not forwarded to it")]
    public static partial void NotForwarding(this ILogger log);

    [LoggerMessage(LogLevel.Warning, "net.ipv4.conf.all.rp_filter is 1: the system will drop decrypted packets, and protected ones of transport mode; 0 or 2 let them in")]
    public static partial void StrictReversePath(this ILogger log);

    [LoggerMessage(LogLevel.Critical, "a fault of the gateway itself")]
    public static partial void Fault(this ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Debug, "control socket: {Problem}")]
    public static partial void ControlProblem(this ILogger log, string problem);
}
