// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Ipsec.Daemon.Configuration;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Microsoft.Extensions.Logging;

namespace Ipsec.Daemon.Runtime;

/// <summary>
/// How packets find the TUN device: a routing table of their own, which is asked before all others, but not for what carries the gateway's
/// mark. So the gateway's own packets take the routes that were there before, even to a peer whose address is protected itself (transport
/// mode), and no route of the host is touched.
/// </summary>
internal sealed class Routing : IDisposable
{
    // Packets that wait in the device while a thread is not scheduled: some milliseconds' worth.
    private const int QueueLength = 2000;

    private readonly GatewaySettings _settings;
    private readonly ILogger _log;
    private readonly List<string[]> _undo = [];

    private Routing(GatewaySettings settings, ILogger log) => (_settings, _log) = (settings, log);

    private DeviceSettings Device => _settings.Device;

    /// <summary>Puts everything into place.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="log">Where warnings go.</param>
    /// <returns>What takes it away again. The routes go with the device.</returns>
    /// <exception cref="IOException">The system refuses something.</exception>
    public static Routing SetUp(GatewaySettings settings, ILogger log)
    {
        var routing = new Routing(settings, log);
        try
        {
            routing.SetUp();
            return routing;
        }
        catch
        {
            routing.Dispose();
            throw;
        }
    }

    /// <summary>The MTU of the device by which the gateway's own packets leave for a peer.</summary>
    /// <param name="peer">Address of the peer.</param>
    /// <param name="mark">The gateway's mark.</param>
    /// <returns>The MTU in bytes and the name of the device; null when there is no route.</returns>
    public static (int Mtu, string Device)? FindLink(IPAddress peer, int mark)
    {
        if (IpCommand.Ask("route", "get", peer.ToString(), "mark", Text(mark)) is not { } route
            || !route.TryGetProperty("dev", out var device)
            || IpCommand.Ask("link", "show", "dev", device.GetString()!) is not { } link)
        {
            return null;
        }

        return (link.GetProperty("mtu").GetInt32(), device.GetString()!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in Enumerable.Reverse(_undo))
        {
            if (!IpCommand.Try(command))
            {
                _log.CannotUndo(string.Join(' ', command));
            }
        }

        _undo.Clear();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Family(IpVersion version) => version == IpVersion.V6 ? "-6" : "-4";

    private void SetUp()
    {
        IpCommand.Try("link", "set", "dev", Device.Name, "addrgenmode", "none");
        IpCommand.Run("link", "set", "dev", Device.Name, "mtu", Text(Device.Mtu), "txqueuelen", Text(QueueLength), "up");

        // Messages about packets that are too long come from this host's own address, and decrypted packets from where no route leads.
        Write($"/proc/sys/net/ipv4/conf/{Device.Name}/accept_local", "1");
        Write($"/proc/sys/net/ipv4/conf/{Device.Name}/rp_filter", "0");
        var children = _settings.Connections.SelectMany(connection => connection.Children.Select(child => (Connection: connection, Child: child))).ToArray();
        foreach (var version in children.Select(c => c.Child.Selectors.Remote.Version).Distinct())
        {
            Lead(version);
        }

        foreach (var (connection, child) in children)
        {
            AddRoutes(connection, child);
        }

        Warn(children.Select(c => c.Child).ToArray());
    }

    private void Lead(IpVersion version)
    {
        string[] rule = ["priority", Text(Device.Priority), "not", "fwmark", Text(Device.Mark), "lookup", Text(Device.Table)];

        // One that a killed process has left behind.
        while (IpCommand.Try([Family(version), "rule", "delete", .. rule]))
        {
        }

        IpCommand.Run([Family(version), "rule", "add", .. rule]);
        _undo.Add([Family(version), "rule", "delete", .. rule]);
    }

    private void AddRoutes(ConnectionSettings connection, ChildSettings child)
    {
        var source = child.Mode == SaMode.Transport ? connection.Policy.Local.Address : OwnAddressIn(child.Selectors.Local);
        foreach (var prefix in Prefixes.Of(child.Selectors.Remote))
        {
            string[] route = [Family(child.Selectors.Remote.Version), "route", "replace", prefix, "dev", Device.Name, "table", Text(Device.Table)];
            IpCommand.Run(source is null ? route : [.. route, "src", source.ToString()]);
        }

        if (child.Mode == SaMode.Tunnel && FindLink(connection.Policy.Remote.Address, Device.Mark) is { } link)
        {
            DiscardClear(child.Selectors, link.Device);
        }
    }

    /// <summary>What has to come through the tunnel is not forwarded when it comes in clear (RFC 4301 section 5.2 step 3b).</summary>
    private void DiscardClear(SelectorPair selectors, string device)
    {
        if (_settings.Policy.Any(entry => entry.Action == SpdAction.Bypass)
            || !selectors.Local.IsAnyPort
            || !selectors.Remote.IsAnyPort
            || selectors.Local.Protocol != 0)
        {
            return;
        }

        foreach (var from in Prefixes.Of(selectors.Remote))
        {
            foreach (var to in Prefixes.Of(selectors.Local))
            {
                string[] rule = ["priority", Text(Device.Priority - 1), "iif", device, "from", from, "to", to, "blackhole"];
                var family = Family(selectors.Remote.Version);
                while (IpCommand.Try([family, "rule", "delete", .. rule]))
                {
                }

                IpCommand.Run([family, "rule", "add", .. rule]);
                _undo.Add([family, "rule", "delete", .. rule]);
            }
        }
    }

    /// <summary>An address of this host among those that a tunnel protects: what the host itself sends is to come from there.</summary>
    private static IPAddress? OwnAddressIn(TrafficSelector selector) => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(device => device.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == (selector.Version == IpVersion.V4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6)
            && selector.ContainsAddress(AddressNumber.From(address)));

    private void Warn(IReadOnlyList<ChildSettings> children)
    {
        if (children.Any(child => child.Mode == SaMode.Tunnel && child.Selectors.Local.FirstAddress != child.Selectors.Local.LastAddress)
            && Read("/proc/sys/net/ipv4/ip_forward") == "0")
        {
            _log.NotForwarding();
        }

        if (Read("/proc/sys/net/ipv4/conf/all/rp_filter") == "1")
        {
            _log.StrictReversePath();
        }
    }

    private void Write(string path, string value)
    {
        try
        {
            File.WriteAllText(path, value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _log.CannotSet(path, value, exception.Message);
        }
    }

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}
