// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Gateway;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Microsoft.Extensions.Logging;

namespace Ipsec.Daemon.Configuration;

/// <summary>All that a configuration file says.</summary>
/// <param name="Name">Name of the gateway in logs.</param>
/// <param name="ControlSocket">Path of the socket by which a running gateway is asked and stopped.</param>
/// <param name="LogLevel">What is logged.</param>
/// <param name="Device">The TUN device, and how packets find it.</param>
/// <param name="DataPlane">Headers, path MTU and fragments. Its MTU counts when <see cref="IsMtuFound"/> is false.</param>
/// <param name="IsMtuFound">Whether the MTU of the outer side is taken from the device that leads to the first peer.</param>
/// <param name="Policy">Policy entries that come before those of the children.</param>
/// <param name="Connections">The connections.</param>
public sealed record GatewaySettings(
    string Name,
    string ControlSocket,
    LogLevel LogLevel,
    DeviceSettings Device,
    DataPlaneOptions DataPlane,
    bool IsMtuFound,
    ImmutableArray<SpdEntry> Policy,
    ImmutableArray<ConnectionSettings> Connections)
{
    /// <summary>Where the control socket is when nobody says anything else.</summary>
    public const string DefaultControlSocket = "/run/conformance/gateway.sock";
}

/// <summary>The TUN device, and how packets find it.</summary>
/// <param name="Name">Name of the device.</param>
/// <param name="Mtu">Its MTU, in bytes.</param>
/// <param name="Table">Number of the routing table that leads into it.</param>
/// <param name="Priority">Priority of the routing rule that asks this table first, but for packets with the mark.</param>
/// <param name="Mark">The mark of the gateway's own packets.</param>
/// <param name="Offload">Whether TCP segments pass the device many at a time.</param>
public sealed record DeviceSettings(string Name, int Mtu, int Table, int Priority, int Mark, bool Offload = true);

/// <summary>One connection.</summary>
/// <param name="Policy">What its IKE endpoint is willing to do.</param>
/// <param name="Children">What is done with its children, in the order of the policy's.</param>
public sealed record ConnectionSettings(ConnectionPolicy Policy, ImmutableArray<ChildSettings> Children);

/// <summary>What is done with a child.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Selectors">Its traffic.</param>
/// <param name="Mode">Tunnel or transport.</param>
/// <param name="Start">When its SA pair is negotiated.</param>
/// <param name="Populate">What the SAs take from the packet that causes them.</param>
public sealed record ChildSettings(string Name, SelectorPair Selectors, SaMode Mode, StartMode Start, PopulateFromPacket Populate);
