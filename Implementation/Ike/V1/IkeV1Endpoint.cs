// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1;

/// <summary>
/// An IKEv1 endpoint without I/O, clock or randomness of its own: datagrams, commands and the time go in; datagrams,
/// SAs to install, events and the next deadline come out. Not safe for concurrent calls.
/// </summary>
public sealed partial class IkeV1Endpoint
{
    private const string OnCommand = "deleted on command";

    private readonly EndpointServices _services;
    private readonly List<ConnectionPolicy> _connections = [];
    private readonly List<IkeSa> _sas;

    /// <summary>Makes an endpoint without connections.</summary>
    /// <param name="random">Source of cookies, nonces, private values, SPIs and message IDs.</param>
    /// <param name="seams">Where outgoing messages may be bent; null for an honest endpoint.</param>
    /// <param name="limits">What it keeps and says on behalf of strangers; null for the default.</param>
    public IkeV1Endpoint(IRandomSource random, IOutboundSeams? seams = null, IkeV1Limits? limits = null)
    {
        _services = new(random, seams ?? HonestSeams.Instance, limits ?? IkeV1Limits.Default);
        _sas = _services.Sas;
    }

    /// <summary>The established IKE SAs.</summary>
    public IReadOnlyList<IkeSaDescription> EstablishedSas => [.. _sas.Where(s => s.IsEstablished).Select(s => s.Description)];

    /// <summary>The IPsec SA pairs.</summary>
    public IReadOnlyList<ChildSaPair> ChildSas => _services.Children.All;

    /// <summary>Adds a connection.</summary>
    /// <param name="connection">What this endpoint is willing to do with one peer.</param>
    /// <returns>The problems of the policy; it was added only when there are none.</returns>
    public IReadOnlyList<PolicyError> Add(ConnectionPolicy connection)
    {
        var errors = PolicyCheck.Check([.. _connections, connection]);
        if (errors.Count == 0)
        {
            _connections.Add(connection);
        }

        return errors;
    }

    /// <summary>Takes one input.</summary>
    /// <param name="input">A datagram, a command or the passing of time.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is to be done, and when to call again.</returns>
    /// <exception cref="ArgumentException">
    /// A command names a connection or child that the policy does not have, or wants to call a peer whose address is not known.
    /// </exception>
    public IkeOutcome Handle(IkeInput input, DateTimeOffset now)
    {
        var effects = new List<IkeEffect>();
        switch (input)
        {
            case DatagramReceived datagram:
                Receive(datagram, now, effects);
                break;
            case InitiateIkeSa command:
                _sas.Add(IkeSa.Initiate(_services, Callable(Connection(command.Connection)), now, effects));
                break;
            case InitiateChildSa command:
                InitiateChild(command, now, effects);
                break;
            case DeleteChildSa command:
                DeleteChild(command.InboundSpi, effects);
                break;
            case RekeyChildSa command:
                RekeyChild(command.InboundSpi, now, effects);
                break;
            case RekeyIkeSa command:
                RekeyIke(Connection(command.Connection), now, effects);
                break;
            case InitiateNewGroup command:
                InitiateGroup(command, now, effects);
                break;
            case DeleteIkeSa command:
                DeleteIke(Connection(command.Connection), effects);
                break;
            case TimePassed:
                _sas.ForEach(sa => sa.OnTime(now, effects));
                break;
            case var exchange when HandleExchangeInput(exchange, now, effects):
                break;
            default:
                throw new ArgumentException($"unknown input {input.GetType().Name}", nameof(input));
        }

        ApplyLifetimes(now, effects);
        Conclude(now, effects);
        _sas.RemoveAll(sa => sa.IsClosed);
        return new(effects, _sas.Select(sa => sa.NextDeadline).Append(ChildDeadline).Min());
    }

    private ConnectionPolicy Connection(string name) =>
        _connections.Find(c => c.Name == name) ?? throw new ArgumentException($"no connection is called \"{name}\"", nameof(name));

    private static ConnectionPolicy Callable(ConnectionPolicy connection)
    {
        if (connection.AcceptsAnyAddress)
        {
            throw new ArgumentException($"connection \"{connection.Name}\" names no address to call", nameof(connection));
        }

        return connection.Phase1.All(suite => AuthenticationForm.Of(suite).CanBeUsedBy(connection, asInitiator: true))
            ? connection
            : throw new ArgumentException($"connection \"{connection.Name}\" has no key for the initiator's part", nameof(connection));
    }

    private void InitiateChild(InitiateChildSa command, DateTimeOffset now, List<IkeEffect> effects)
    {
        var connection = Connection(command.Connection);
        if (connection.Children.All(c => c.Name != command.Child))
        {
            throw new ArgumentException($"connection \"{connection.Name}\" has no child called \"{command.Child}\"", nameof(command));
        }

        if ((command.LocalSelector ?? command.RemoteSelector) is not null && !connection.Children.Single(c => c.Name == command.Child).MayBeNarrowed)
        {
            throw new ArgumentException($"child \"{command.Child}\" is negotiated for all of its traffic or not at all", nameof(command));
        }

        var sa = UsableSa(connection, now, effects);
        sa.WantChild(new(command.Child, command.LocalSelector, command.RemoteSelector), now, effects);
    }

    // One that is being replaced only when there is no other.
    private IkeSa? Established(string connection) =>
        _sas.FindLast(s => s.Policy.Name == connection && s is { IsEstablished: true, IsRetired: false })
        ?? _sas.FindLast(s => s.Policy.Name == connection && s.IsEstablished);

    private void DeleteChild(uint inboundSpi, List<IkeEffect> effects)
    {
        // The peer may have deleted it a moment before the command was given.
        if (_services.Children.EntryOfInbound(inboundSpi) is { } entry)
        {
            CancelRekeys(entry, OnCommand, effects);
            Remove([entry], OnCommand, effects);
        }
    }

    private void DeleteIke(ConnectionPolicy connection, List<IkeEffect> effects)
    {
        Remove([.. _services.Children.Entries.Where(e => e.Connection == connection.Name)], OnCommand, effects);
        foreach (var sa in _sas.Where(s => s.Policy.Name == connection.Name))
        {
            // A half-open SA cannot protect a Delete, and an unprotected one must not be sent (RFC 2408 section 5.15).
            if (sa.IsEstablished)
            {
                sa.SendDelete(effects);
            }

            sa.Close(OnCommand, effects);
        }
    }
}
