// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ipsec.Crypto;
using Ipsec.Daemon.Configuration;
using Ipsec.Daemon.Status;
using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Ike.Inputs;
using Ipsec.Transports.Linux;
using Ipsec.Transports.Sockets;
using Ipsec.Wire.Ip;
using Microsoft.Extensions.Logging;

namespace Ipsec.Daemon.Runtime;

/// <summary>A gateway on this host: TUN device, routes, sockets, IKE and packets, until it is stopped.</summary>
public sealed class GatewayDaemon : IDisposable
{
    private const int IkePort = 500;
    private static readonly TimeSpan TrafficInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TendInterval = TimeSpan.FromSeconds(1);
    private static readonly AuditPolicy OneASecond = new(1, TimeSpan.FromSeconds(1));
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly GatewaySettings _settings;
    private readonly ILogger _log;
    private readonly RealEventLoop _loop;
    private readonly Stack<IDisposable> _parts = new();
    private readonly TaskCompletionSource<string> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ControlSocket? _control;
    private SecurityGateway _gateway = null!;
    private StatusReporter _reporter = null!;
    private ChildKeeper _keeper = null!;
    private volatile bool _isUp;
    private bool _isDisposed;

    private GatewayDaemon(GatewaySettings settings, ILogger log)
    {
        (_settings, _log) = (settings, log);
        _loop = new RealEventLoop(settings.Name);
    }

    /// <summary>Ends when somebody wants the gateway to stop, or it cannot go on; with the reason.</summary>
    public Task<string> StopAsked => _asked.Task;

    /// <summary>Whether it has to stop because of a fault of its own.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Starts a gateway.</summary>
    /// <param name="settings">Its configuration.</param>
    /// <param name="log">Where it says what it does.</param>
    /// <returns>The gateway; it is up.</returns>
    /// <exception cref="IOException">There is no TUN device, a route cannot be set, or the control socket is taken.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">An address is not this host's, a port is taken, or rights are missing.</exception>
    public static GatewayDaemon Start(GatewaySettings settings, ILogger log)
    {
        var daemon = new GatewayDaemon(settings, log);
        try
        {
            daemon.SetUp();
            return daemon;
        }
        catch
        {
            daemon.TakeDown();
            throw;
        }
    }

    /// <summary>The report of a running gateway.</summary>
    /// <param name="controlSocket">Path of its control socket.</param>
    /// <param name="json">The report as it came.</param>
    /// <returns>The report.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">No gateway answers there.</exception>
    public static StatusReport AskStatus(string controlSocket, out string json)
    {
        json = ControlSocket.Ask(controlSocket, ControlSocket.StatusRequest);
        return JsonSerializer.Deserialize<StatusReport>(json, Json) ?? throw new IOException($"{controlSocket}: the gateway is still starting");
    }

    /// <summary>Stops a running gateway, and returns when it has stopped.</summary>
    /// <param name="controlSocket">Path of its control socket.</param>
    /// <exception cref="System.Net.Sockets.SocketException">No gateway answers there.</exception>
    public static void AskStop(string controlSocket) => ControlSocket.Ask(controlSocket, ControlSocket.StopRequest);

    /// <summary>Asks the gateway to stop.</summary>
    /// <param name="reason">Why.</param>
    public void Stop(string reason) => _asked.TrySetResult(reason);

    /// <summary>Deletes all SAs, telling the peers, and takes device and routes away.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        var (ike, children) = _loop.Invoke(() =>
        {
            var counts = (_gateway.IkeSas.Count, _gateway.ChildSas.Count);
            foreach (var connection in _settings.Connections)
            {
                _gateway.Command(new DeleteIkeSa(connection.Policy.Name));
            }

            return counts;
        });
        TakeDown();
        _log.Stopped(ike, children);
    }

    private void TakeDown()
    {
        while (_parts.TryPop(out var part))
        {
            part.Dispose();
        }

        // Whoever asked it to stop hears of it when everything is gone.
        _stopped.TrySetResult();
        _control?.Dispose();
        _loop.Dispose();
    }

    private void SetUp()
    {
        // First, as it finds out whether this gateway is running already.
        _control = new ControlSocket(_settings.ControlSocket, Report, StopAsync, _log);
        var tun = Part(TunDevice.Open(_settings.Device.Name, _settings.Device.Offload));
        Part(Routing.SetUp(_settings, _log));
        var options = _settings.IsMtuFound ? _settings.DataPlane with { LinkMtu = FindMtu() } : _settings.DataPlane;
        _gateway = Part(new SecurityGateway(
            _settings.Name, _loop, new SystemRandomSource(), new TunSink(tun), audit: OneASecond, options: options)
        {
            HasPacketThreads = true,
        });
        _reporter = new(_settings.Name, tun.Name, _gateway, _loop.Clock);
        _keeper = new(_gateway, _settings.Connections, _loop.Clock, _log);

        IPAddress[] addresses = [.. _settings.Connections.Select(connection => connection.Policy.Local.Address).Distinct()];
        var transport = Part(new LinuxTransport(addresses, [IkePort, UdpEncapsulation.Port], _settings.Device.Mark, _gateway));
        _loop.Invoke(() => Configure(transport, addresses));
        var pump = Part(new PacketPump(_gateway, _loop, tun, transport, Fail));
        _reporter.Losses = () => (pump.LostOutgoing + transport.Lost, pump.LostIncoming, pump.Flooded);
        _isUp = true;
        _log.Up(_settings.Name, tun.Name, string.Join(", ", addresses.AsEnumerable()), options.LinkMtu?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown", _settings.ControlSocket);
        _loop.Post(ReportTraffic);
        _loop.Post(Tend);
        _ = WatchAsync();
    }

    private T Part<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }

    private bool Configure(LinuxTransport transport, IPAddress[] addresses)
    {
        _gateway.Attach(transport, addresses.Skip(1));
        foreach (var entry in _settings.Policy)
        {
            _gateway.DataPlane.Spd.Add(entry);
        }

        foreach (var connection in _settings.Connections)
        {
            if (_gateway.Add(connection.Policy) is [var error, ..])
            {
                throw new InvalidOperationException($"a connection was checked and is refused: {error}");
            }

            foreach (var child in connection.Children.Where(child => child.Start != StartMode.None))
            {
                _gateway.SetTrap(connection.Policy.Name, child.Name, child.Populate);
            }
        }

        _gateway.Observe(new LoggingObserver(_log, _loop.Clock));
        _gateway.Observe(_reporter);
        _gateway.Observe(_keeper);
        return true;
    }

    /// <summary>The least MTU of the links by which peers are reached.</summary>
    private int? FindMtu() => _settings.Connections
        .Select(connection => Routing.FindLink(connection.Policy.Remote.Address, _settings.Device.Mark)?.Mtu)
        .Min();

    private void ReportTraffic()
    {
        _gateway.ReportTraffic();
        _loop.PostAt(_loop.Clock.GetUtcNow() + TrafficInterval, ReportTraffic);
    }

    private void Tend()
    {
        _keeper.Tend();
        _loop.PostAt(_loop.Clock.GetUtcNow() + TendInterval, Tend);
    }

    private string Report() => _isUp ? JsonSerializer.Serialize(_loop.Invoke(_reporter.Report), Json) + "\n" : "null\n";

    private async Task StopAsync()
    {
        Stop("asked by the control socket");
        await _stopped.Task.ConfigureAwait(false);
    }

    private void Fail(Exception exception)
    {
        _log.Fault(exception);
        HasFailed = true;
        Stop("a thread of packets has ended");
    }

    /// <summary>A fault on the event loop reaches whoever waits there.</summary>
    private Task WatchAsync() => Task.Run(() =>
    {
        try
        {
            while (!_asked.Task.IsCompleted)
            {
                _loop.WaitUntil(() => _asked.Task.IsCompleted, TimeSpan.FromHours(1));
            }
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended in order.
            return;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    });
}
