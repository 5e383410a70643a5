// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using Ipsec.Fixtures.Rig.Beds;

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>
/// The picture with four parties, each in a network namespace: host A - gateway west - gateway east - host B. Only A and B know nothing
/// of IPsec. With two parties, west and east are hosts and there are no others.
/// </summary>
internal sealed class PartyNetwork : IDisposable
{
    /// <summary>Name of the devices towards the hosts.</summary>
    public const string HostLink = "lan";

    /// <summary>Name of the devices of the network in the middle.</summary>
    public const string MiddleLink = "wan";

    private readonly List<NetworkNamespace> _all = [];
    private readonly NetworkNamespace? _a;
    private readonly NetworkNamespace? _east;
    private readonly NetworkNamespace? _b;

    /// <summary>Makes the namespaces and the links between them.</summary>
    /// <param name="addresses">Who has which address; null for 198.51.100.1 and 2 in the middle, 198.18.1.5 at A and 198.19.1.7 at B.</param>
    /// <param name="hasA">Whether host A is there.</param>
    /// <param name="hasB">Whether host B is there; otherwise east has its address itself.</param>
    /// <param name="bridge">The bridge that leads to an east that stands elsewhere; null where east is to be made, too.</param>
    /// <exception cref="IOException">The system refuses something.</exception>
    public PartyNetwork(BedAddresses? addresses = null, bool hasA = true, bool hasB = true, string? bridge = null)
    {
        Addresses = addresses ?? Usual;
        PartyNames.Sweep();
        try
        {
            West = Make("west");
            if (bridge is null)
            {
                _east = Make("east");
                Join(West, $"{Addresses.West}/24", East, $"{Addresses.East}/24", MiddleLink);
            }
            else
            {
                JoinBridge(bridge);
            }

            if (hasA)
            {
                _a = Make("a");
                JoinHost(A, Addresses.WestHost(0), West);
            }

            if (hasB)
            {
                _b = Make("b");
                JoinHost(B, Addresses.EastHost(0), East);
            }
            else
            {
                _east?.Run("address", "add", $"{Addresses.EastHost(0)}/32", "dev", "lo");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a picture whose parties are all this process's own.</summary>
    public static BedAddresses Usual { get; } = new(1, new IPAddress([198, 51, 100, 2]));

    /// <summary>Who has which address.</summary>
    public BedAddresses Addresses { get; }

    /// <summary>Host A.</summary>
    public NetworkNamespace A => _a ?? throw NotThere();

    /// <summary>Gateway west, or the host there.</summary>
    public NetworkNamespace West { get; }

    /// <summary>Gateway east, or the host there.</summary>
    public NetworkNamespace East => _east ?? throw NotThere();

    /// <summary>Host B.</summary>
    public NetworkNamespace B => _b ?? throw NotThere();

    /// <inheritdoc/>
    public void Dispose() => _all.ForEach(network => network.Dispose());

    private static void Join(NetworkNamespace one, string address, NetworkNamespace other, string otherAddress, string device)
    {
        NetworkNamespace.Ip("link", "add", device, "netns", one.Name, "type", "veth", "peer", "name", device, "netns", other.Name);
        foreach (var (network, own) in ((NetworkNamespace, string)[])[(one, address), (other, otherAddress)])
        {
            network.Run("address", "add", own, "dev", device);
            network.Run("link", "set", device, "up");
        }
    }

    /// <summary>A host, its gateway's device towards it, and its only route. The gateway has the first address of the host's network.</summary>
    private static void JoinHost(NetworkNamespace host, IPAddress address, NetworkNamespace gateway)
    {
        var octets = address.GetAddressBytes();
        octets[^1] = 1;
        var router = new IPAddress(octets);
        Join(host, $"{address}/26", gateway, $"{router}/26", HostLink);
        host.Run("route", "add", "default", "via", router.ToString());
        Forward(gateway);
    }

    private static InvalidOperationException NotThere() => new("the picture has no such party");

    private static void Forward(NetworkNamespace gateway) => gateway.Do(() =>
    {
        File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
        return true;
    });

    /// <summary>The bridge's end of the link goes with west's.</summary>
    private void JoinBridge(string bridge)
    {
        var port = string.Create(CultureInfo.InvariantCulture, $"conf-w{Addresses.Number}");
        NetworkNamespace.Ip("link", "add", port, "type", "veth", "peer", "name", MiddleLink, "netns", West.Name);
        NetworkNamespace.Ip("link", "set", port, "master", bridge, "up");
        West.Run("address", "add", $"{Addresses.West}/24", "dev", MiddleLink);
        West.Run("link", "set", MiddleLink, "up");
    }

    private NetworkNamespace Make(string party)
    {
        var network = new NetworkNamespace(PartyNames.Next(party));
        _all.Add(network);
        return network;
    }
}
