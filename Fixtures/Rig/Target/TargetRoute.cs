// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.NetworkInformation;
using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>The way to the device.</summary>
internal static class TargetRoute
{
    /// <summary>Types of interfaces whose frames begin with an Ethernet header: Ethernet and the loopback (ARPHRD_ETHER, ARPHRD_LOOPBACK).</summary>
    private static readonly string[] EthernetTypes = ["1", "772"];

    /// <summary>The interface by which packets from our address reach the device.</summary>
    /// <param name="target">The device.</param>
    /// <param name="own">Our address.</param>
    /// <param name="cancellation">The user ends the run.</param>
    /// <exception cref="PeerUnavailableException">There is none, or none that can be captured on.</exception>
    public static async Task<string> InterfaceAsync(IPAddress target, IPAddress own, CancellationToken cancellation)
    {
        if (!NetworkInterface.GetAllNetworkInterfaces().Any(device => device.GetIPProperties().UnicastAddresses.Any(address => address.Address.Equals(own))))
        {
            throw new PeerUnavailableException($"{own}, the profile's our-address, is no address of this host", $"ip address add {own}/32 dev INTERFACE");
        }

        var (status, output) = await ChildProcess.RunAsync("ip", ["-o", "route", "get", $"{target}", "from", $"{own}"], cancellation);
        var words = output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, "dev");
        if (status != 0 || at < 0 || at + 1 >= words.Length)
        {
            throw new PeerUnavailableException($"there is no route from {own} to {target}: {output.Trim()}", remedy: null);
        }

        var name = words[at + 1];
        var type = Path.Combine("/sys/class/net", name, "type");
        return File.Exists(type) && EthernetTypes.Contains(File.ReadAllText(type).Trim(), StringComparer.Ordinal)
            ? name
            : throw new PeerUnavailableException($"{target} is reached by {name}, which carries no Ethernet frames, and captures are of those", remedy: null);
    }
}
