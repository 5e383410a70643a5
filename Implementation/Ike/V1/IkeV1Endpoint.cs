// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Sessions;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.V1;

/// <summary>
/// An IKEv1 endpoint without I/O, clock or randomness of its own: datagrams, commands and the time go in; datagrams,
/// SAs to install, events and the next deadline come out. Not safe for concurrent calls.
/// </summary>
public sealed class IkeV1Endpoint
{
    private readonly EndpointServices services;
    private readonly List<ConnectionPolicy> connections = [];
    private readonly List<IkeSa> sas = [];

    /// <summary>Makes an endpoint without connections.</summary>
    /// <param name="random">Source of cookies, nonces, private values, SPIs and message IDs.</param>
    /// <param name="seams">Where outgoing messages may be bent; null for an honest endpoint.</param>
    public IkeV1Endpoint(IRandomSource random, IOutboundSeams? seams = null) =>
        services = new(random, seams ?? HonestSeams.Instance, new());

    /// <summary>The established IKE SAs.</summary>
    public IReadOnlyList<IkeSaDescription> EstablishedSas => [.. sas.Where(s => s.IsEstablished).Select(s => s.Description)];

    /// <summary>The IPsec SA pairs.</summary>
    public IReadOnlyList<ChildSaPair> ChildSas => services.Children.All;

    /// <summary>Adds a connection.</summary>
    /// <param name="connection">What this endpoint is willing to do with one peer.</param>
    /// <returns>The problems of the policy; it was added only when there are none.</returns>
    public IReadOnlyList<PolicyError> Add(ConnectionPolicy connection)
    {
        var errors = PolicyCheck.Check([.. connections, connection]);
        if (errors.Count == 0)
        {
            connections.Add(connection);
        }

        return errors;
    }

    /// <summary>Takes one input.</summary>
    /// <param name="input">A datagram, a command or the passing of time.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is to be done, and when to call again.</returns>
    /// <exception cref="ArgumentException">A command names a connection or child that does not exist.</exception>
    public IkeOutcome Handle(IkeInput input, DateTimeOffset now)
    {
        var effects = new List<IkeEffect>();
        switch (input)
        {
            case DatagramReceived datagram:
                Receive(datagram, now, effects);
                break;
            case InitiateIkeSa command:
                sas.Add(IkeSa.Initiate(services, Connection(command.Connection), now, effects));
                break;
            case InitiateChildSa command:
                InitiateChild(command, now, effects);
                break;
            case DeleteChildSa command:
                DeleteChild(command.InboundSpi, effects);
                break;
            case DeleteIkeSa command:
                DeleteIke(command.Connection, effects);
                break;
            case TimePassed:
                foreach (var sa in sas.ToArray())
                {
                    sa.OnTime(now, effects);
                }

                break;
            default:
                throw new ArgumentException($"unknown input {input.GetType().Name}", nameof(input));
        }

        sas.RemoveAll(sa => sa.IsClosed);
        return new(effects, sas.Select(sa => sa.NextDeadline).Min());
    }

    private ConnectionPolicy Connection(string name) =>
        connections.Find(c => c.Name == name) ?? throw new ArgumentException($"no connection is called \"{name}\"", nameof(name));

    private void InitiateChild(InitiateChildSa command, DateTimeOffset now, List<IkeEffect> effects)
    {
        var connection = Connection(command.Connection);
        if (connection.Children.All(c => c.Name != command.Child))
        {
            throw new ArgumentException($"connection \"{connection.Name}\" has no child called \"{command.Child}\"", nameof(command));
        }

        var sa = sas.FindLast(s => s.Policy.Name == connection.Name && !s.IsClosed);
        if (sa is null)
        {
            sa = IkeSa.Initiate(services, connection, now, effects);
            sas.Add(sa);
        }

        sa.WantChild(command.Child, now, effects);
    }

    private void DeleteChild(uint inboundSpi, List<IkeEffect> effects)
    {
        var pair = services.Children.FindInbound(inboundSpi)
            ?? throw new ArgumentException($"no SA receives on SPI 0x{inboundSpi:x8}", nameof(inboundSpi));
        services.Children.Remove(pair);
        sas.FindLast(s => s.Policy.Name == pair.Connection && s.IsEstablished)?.SendDelete(pair, effects);
        effects.Add(new RemoveChildSa(pair, "deleted on command"));
    }

    private void DeleteIke(string connection, List<IkeEffect> effects)
    {
        foreach (var pair in services.Children.All.Where(p => p.Connection == connection).ToArray())
        {
            DeleteChild(pair.InboundSpi, effects);
        }

        foreach (var sa in sas.Where(s => s.Policy.Name == connection))
        {
            if (sa.IsEstablished)
            {
                sa.SendDelete(effects);
            }

            sa.Close("deleted on command", effects);
        }
    }

    private void Receive(DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (HeaderCheck.Read(datagram.Bytes, out var header) is { } malformed)
        {
            Discard(datagram, malformed, effects);
            return;
        }

        if (Find(header, datagram.Remote) is { } sa)
        {
            Dispatch(sa, header, datagram, now, effects);
        }
        else if (header.ResponderCookie.IsZero && header.ExchangeType == ExchangeType.IdentityProtection)
        {
            Open(header, datagram, now, effects);
        }
        else
        {
            Discard(datagram, new("RFC 2408 section 5.2", "no IKE SA has these cookies"), effects);
        }
    }

    private IkeSa? Find(IsakmpHeader header, IPEndPoint remote)
    {
        var known = sas.Find(s => s.InitiatorCookie == header.InitiatorCookie && s.ResponderCookie == header.ResponderCookie);
        if (known is not null)
        {
            return known;
        }

        // The first answer names a responder cookie that an initiator has not seen; a repeated message 1 names none yet.
        return header.ResponderCookie.IsZero
            ? sas.Find(s => s.WasOpenedBy(header, remote))
            : sas.Find(s => s.IsInitiator && s.ResponderCookie.IsZero && s.InitiatorCookie == header.InitiatorCookie);
    }

    private void Open(IsakmpHeader header, DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        // In main mode with a pre-shared key only the address can tell who calls (RFC 2409 section 5.4).
        var connection = connections.Find(c => c.Remote.Address.Equals(datagram.Remote.Address) && c.Local.Address.Equals(datagram.Local.Address));
        if (connection is null)
        {
            Discard(datagram, new("RFC 2409 section 5.4", $"no connection is configured for {datagram.Remote.Address}"), effects);
            return;
        }

        var sa = IkeSa.Respond(services, connection, header.InitiatorCookie, datagram.Local, datagram.Remote, now);
        sa.ReceiveMainMode(header, datagram.Bytes, now, effects);
        if (sa.HasAccepted)
        {
            sas.Add(sa);
        }
    }

    private static void Dispatch(IkeSa sa, IsakmpHeader header, DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        switch (header.ExchangeType)
        {
            case ExchangeType.IdentityProtection:
                sa.ReceiveMainMode(header, datagram.Bytes, now, effects);
                break;
            case ExchangeType.QuickMode:
                sa.ReceiveQuickMode(header, datagram.Bytes, now, effects);
                break;
            case ExchangeType.Informational:
                sa.ReceiveInformational(header, datagram.Bytes, effects);
                break;
            default:
                Discard(datagram, new("RFC 2408 section 5.2", $"exchange type {header.ExchangeType} is not spoken here"), effects);
                break;
        }
    }

    private static void Discard(DatagramReceived datagram, Rejection rejection, List<IkeEffect> effects) =>
        effects.Add(new DatagramDiscarded(datagram.Remote, rejection.Clause, rejection.Reason, datagram.Bytes));
}
