// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Daemon.Status;

/// <summary>What a running gateway says of itself.</summary>
/// <param name="Name">Name of the gateway.</param>
/// <param name="Device">Its TUN device.</param>
/// <param name="Started">Since when it runs.</param>
/// <param name="IkeSas">Established IKE SAs.</param>
/// <param name="ChildSas">Pairs of IPsec SAs, oldest first.</param>
/// <param name="Inbound">What became of packets from the network, by outcome; only those that came at all.</param>
/// <param name="Outbound">What became of packets to the network, by outcome.</param>
/// <param name="Counters">What else is counted: packets that waited for an SA, keepalives, losses.</param>
public sealed record StatusReport(
    string Name,
    string Device,
    DateTimeOffset Started,
    ImmutableArray<IkeSaStatus> IkeSas,
    ImmutableArray<ChildSaStatus> ChildSas,
    ImmutableSortedDictionary<string, long> Inbound,
    ImmutableSortedDictionary<string, long> Outbound,
    ImmutableSortedDictionary<string, long> Counters);

/// <summary>An IKE SA.</summary>
/// <param name="Connection">Name of the connection.</param>
/// <param name="Role">Initiator or responder.</param>
/// <param name="Local">This end's address and port.</param>
/// <param name="Remote">The peer's address and port.</param>
/// <param name="PeerIdentity">What the peer has proved to be.</param>
/// <param name="Cookies">The cookies, in hexadecimal.</param>
/// <param name="Mode">Main or Aggressive.</param>
/// <param name="Suite">The suite.</param>
/// <param name="AgeSeconds">Age in seconds.</param>
/// <param name="LifetimeSeconds">Its life in seconds.</param>
public sealed record IkeSaStatus(
    string Connection,
    string Role,
    string Local,
    string Remote,
    string PeerIdentity,
    string Cookies,
    string Mode,
    string Suite,
    long AgeSeconds,
    long LifetimeSeconds);

/// <summary>A pair of IPsec SAs.</summary>
/// <param name="Connection">Name of the connection.</param>
/// <param name="Child">Name of the child.</param>
/// <param name="Protocol">Esp or Ah.</param>
/// <param name="Mode">As negotiated: tunnel or transport, with UDP encapsulation where there is a NAT.</param>
/// <param name="InboundSpi">SPI of the inbound SA, in hexadecimal.</param>
/// <param name="OutboundSpi">SPI of the outbound SA, in hexadecimal.</param>
/// <param name="Local">Outer address of this end.</param>
/// <param name="Remote">Outer address of the peer.</param>
/// <param name="LocalSelector">The traffic of this side.</param>
/// <param name="RemoteSelector">The traffic of the peer's side.</param>
/// <param name="Suite">The algorithms.</param>
/// <param name="PacketsIn">Packets received.</param>
/// <param name="BytesIn">Bytes received.</param>
/// <param name="PacketsOut">Packets sent.</param>
/// <param name="BytesOut">Bytes sent.</param>
/// <param name="SequenceIn">Right edge of the anti-replay window; null without one.</param>
/// <param name="SequenceOut">Last sequence number sent; null before the SA may be sent on.</param>
/// <param name="PathMtu">What the path takes, in bytes; null when it is not looked after.</param>
/// <param name="AgeSeconds">Age in seconds.</param>
/// <param name="LifetimeSeconds">Its life in seconds.</param>
/// <param name="LifetimeKilobytes">Its life in units of 1024 bytes; null for no such limit.</param>
/// <param name="Drops">Packets that its inbound SA did not deliver, by reason.</param>
public sealed record ChildSaStatus(
    string Connection,
    string Child,
    string Protocol,
    string Mode,
    string InboundSpi,
    string OutboundSpi,
    string Local,
    string Remote,
    string LocalSelector,
    string RemoteSelector,
    string Suite,
    long PacketsIn,
    ulong BytesIn,
    long PacketsOut,
    ulong BytesOut,
    ulong? SequenceIn,
    ulong? SequenceOut,
    int? PathMtu,
    long AgeSeconds,
    long LifetimeSeconds,
    ulong? LifetimeKilobytes,
    ImmutableSortedDictionary<string, long> Drops);
