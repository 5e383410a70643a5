// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>
/// Security Association Database of one direction (RFC 4301 section 4.4.2). Lookups take no lock; SAs are added and removed
/// under one.
/// </summary>
/// <typeparam name="TSa">What processes the packets of an SA.</typeparam>
public sealed class Sad<TSa>
    where TSa : class, ISecurityAssociation
{
    private readonly Lock _changing = new();
    private readonly ConcurrentDictionary<uint, ImmutableArray<TSa>> _bySpi = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<TSa>> _byName = new(StringComparer.Ordinal);

    /// <summary>All SAs, ordered by SPI: a snapshot that does not change any more.</summary>
    public ImmutableArray<TSa> All => [.. _bySpi.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value)];

    /// <summary>Adds an SA; from now on it is the one that outbound traffic of its name prefers.</summary>
    /// <param name="sa">The SA.</param>
    /// <returns>False when there is one with the same protocol, SPI and destination already.</returns>
    /// <exception cref="ArgumentException">The SPI is reserved (RFC 4303 section 2.1).</exception>
    public bool TryAdd(TSa sa)
    {
        ArgumentNullException.ThrowIfNull(sa);
        var parameters = sa.Parameters;
        if (SaParameters.IsReservedSpi(parameters.Spi))
        {
            throw new ArgumentException($"SPI {parameters.Spi} is reserved.", nameof(sa));
        }

        lock (_changing)
        {
            var sameSpi = _bySpi.GetValueOrDefault(parameters.Spi, []);
            if (sameSpi.Any(other => other.Parameters.Protocol == parameters.Protocol
                && other.Parameters.DestinationNumber == parameters.DestinationNumber))
            {
                return false;
            }

            _bySpi[parameters.Spi] = sameSpi.Add(sa);
            _byName[parameters.Name] = _byName.GetValueOrDefault(parameters.Name, []).Insert(0, sa);
            return true;
        }
    }

    /// <summary>Makes an SA the one that outbound traffic of its name prefers, as if it had been added last.</summary>
    /// <param name="sa">The SA.</param>
    /// <returns>False when it is not there.</returns>
    public bool TryPrefer(TSa sa)
    {
        ArgumentNullException.ThrowIfNull(sa);
        lock (_changing)
        {
            if (!_byName.TryGetValue(sa.Parameters.Name, out var sameName) || !sameName.Contains(sa))
            {
                return false;
            }

            _byName[sa.Parameters.Name] = sameName.Remove(sa).Insert(0, sa);
            return true;
        }
    }

    /// <summary>Removes an SA. Packets that are being processed by it are not recalled.</summary>
    /// <param name="spi">Its SPI.</param>
    /// <param name="destination">Its destination address.</param>
    /// <param name="sa">The SA removed.</param>
    /// <returns>False when there is none.</returns>
    public bool TryRemove(uint spi, IPAddress destination, [NotNullWhen(true)] out TSa? sa)
    {
        lock (_changing)
        {
            if (!TryFind(spi, destination, out sa))
            {
                return false;
            }

            Without(_bySpi, spi, sa);
            Without(_byName, sa.Parameters.Name, sa);
            return true;
        }
    }

    /// <summary>Removes an SA, whatever others have its SPI. Packets that are being processed by it are not recalled.</summary>
    /// <param name="sa">The SA.</param>
    /// <returns>False when it is not there.</returns>
    public bool TryRemove(TSa sa)
    {
        ArgumentNullException.ThrowIfNull(sa);
        lock (_changing)
        {
            if (!_bySpi.TryGetValue(sa.Parameters.Spi, out var sameSpi) || !sameSpi.Contains(sa))
            {
                return false;
            }

            Without(_bySpi, sa.Parameters.Spi, sa);
            Without(_byName, sa.Parameters.Name, sa);
            return true;
        }
    }

    /// <summary>Finds the SA of a packet by its SPI alone, as RFC 4303 section 3.4.2 has it for unicast.</summary>
    /// <param name="spi">SPI of the packet.</param>
    /// <param name="sa">The SA; the one added first should several destinations share the SPI.</param>
    /// <returns>False when there is none.</returns>
    public bool TryFind(uint spi, [NotNullWhen(true)] out TSa? sa)
    {
        sa = _bySpi.TryGetValue(spi, out var sameSpi) ? sameSpi[0] : null;
        return sa is not null;
    }

    /// <summary>Finds the SA of a packet by SPI and destination address (RFC 4303 section 2.1).</summary>
    /// <param name="spi">SPI of the packet.</param>
    /// <param name="destination">Outer destination address.</param>
    /// <param name="sa">The SA.</param>
    /// <returns>False when there is none.</returns>
    public bool TryFind(uint spi, IPAddress destination, [NotNullWhen(true)] out TSa? sa) =>
        TryFind(spi, AddressNumber.From(destination), out sa);

    /// <summary>
    /// Finds the SA of a packet: the one with its SPI, protocol and destination if there is one, otherwise, as a unicast packet's SPI
    /// is enough (RFC 4301 section 4.1), one with SPI and protocol.
    /// </summary>
    /// <param name="spi">SPI of the packet.</param>
    /// <param name="protocol">ESP or AH.</param>
    /// <param name="destination">Outer destination address.</param>
    /// <param name="sa">The SA.</param>
    /// <returns>False when there is none.</returns>
    public bool TryFind(uint spi, IpProtocol protocol, in AddressNumber destination, [NotNullWhen(true)] out TSa? sa)
    {
        sa = null;
        if (_bySpi.TryGetValue(spi, out var sameSpi))
        {
            foreach (var candidate in sameSpi)
            {
                if (candidate.Parameters.Protocol != protocol)
                {
                    continue;
                }

                if (candidate.Parameters.DestinationNumber == destination)
                {
                    sa = candidate;
                    return true;
                }

                // A multicast SPI is its group's alone.
                sa ??= destination.IsMulticast || candidate.Parameters.DestinationNumber.IsMulticast ? null : candidate;
            }
        }

        return sa is not null;
    }

    /// <summary>Finds the member of a bundle with a position.</summary>
    /// <param name="name">Name of the bundle's SPD entry.</param>
    /// <param name="bundle">The bundle, as any of its members has it.</param>
    /// <param name="position">0 for what is applied first.</param>
    /// <param name="sa">The SA.</param>
    /// <returns>False when that member is not there.</returns>
    public bool TryFindMember(string name, SaBundle bundle, int position, [NotNullWhen(true)] out TSa? sa)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (_byName.TryGetValue(name, out var sameName))
        {
            foreach (var candidate in sameName)
            {
                if (candidate.Parameters.Bundle is { } other && other.Id == bundle.Id && other.Position == position)
                {
                    sa = candidate;
                    return true;
                }
            }
        }

        sa = null;
        return false;
    }

    /// <summary>Finds the SA of a packet by SPI and destination address (RFC 4303 section 2.1).</summary>
    /// <param name="spi">SPI of the packet.</param>
    /// <param name="destination">Outer destination address.</param>
    /// <param name="sa">The SA.</param>
    /// <returns>False when there is none.</returns>
    public bool TryFind(uint spi, in AddressNumber destination, [NotNullWhen(true)] out TSa? sa)
    {
        if (_bySpi.TryGetValue(spi, out var sameSpi))
        {
            foreach (var candidate in sameSpi)
            {
                if (candidate.Parameters.DestinationNumber == destination)
                {
                    sa = candidate;
                    return true;
                }
            }
        }

        sa = null;
        return false;
    }

    /// <summary>
    /// Finds the SA that carries an outbound packet: of those with the name of its SPD entry the newest whose selectors match, so
    /// that traffic moves over as soon as a replacement is added. Of a bundle it is the member that is applied first.
    /// </summary>
    /// <param name="name">Name of the SPD entry.</param>
    /// <param name="packet">The packet's selector fields.</param>
    /// <param name="sa">The SA.</param>
    /// <returns>False when there is none: one has to be negotiated.</returns>
    public bool TryFindOutbound(string name, in PacketSelectors packet, [NotNullWhen(true)] out TSa? sa)
    {
        if (_byName.TryGetValue(name, out var sameName))
        {
            foreach (var candidate in sameName)
            {
                if (candidate.Parameters is { Bundle: null or { IsInnermost: true } } parameters
                    && parameters.Selectors.MatchesOutbound(packet))
                {
                    sa = candidate;
                    return true;
                }
            }
        }

        sa = null;
        return false;
    }

    private static void Without<TKey>(ConcurrentDictionary<TKey, ImmutableArray<TSa>> index, TKey key, TSa sa)
        where TKey : notnull
    {
        // A key whose last SA went must go too: lookups take the first of what they find.
        var rest = index[key].Remove(sa);
        if (rest.IsEmpty)
        {
            index.TryRemove(key, out _);
        }
        else
        {
            index[key] = rest;
        }
    }
}
