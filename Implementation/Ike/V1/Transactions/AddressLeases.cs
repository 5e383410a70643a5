// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>
/// Which addresses an endpoint has given to whom. An owner is a peer by name, so that a new IKE SA with it finds the same
/// address (draft-dukes-ike-mode-cfg-02 section 3.4 ties an address to the IKE SA's life).
/// </summary>
internal sealed class AddressLeases
{
    private readonly Dictionary<IPAddress, string> _owners = [];

    /// <summary>The address of a family for an owner: the one it has, the one it wants if that is free, or the first that is free.</summary>
    /// <returns>Null when all are given.</returns>
    public IPAddress? Lease(string owner, ImmutableArray<AddressRange> pools, AddressFamily family, IPAddress? wanted)
    {
        var suitable = pools.Where(pool => pool.First.AddressFamily == family).ToArray();
        var held = Of(owner).FirstOrDefault(address => Array.Exists(suitable, pool => pool.Contains(address)));
        if (held is not null)
        {
            return held;
        }

        var given = wanted is not null && !_owners.ContainsKey(wanted) && Array.Exists(suitable, pool => pool.Contains(wanted))
            ? wanted
            : suitable.SelectMany(pool => pool.Addresses()).FirstOrDefault(address => !_owners.ContainsKey(address));
        if (given is not null)
        {
            _owners.Add(given, owner);
        }

        return given;
    }

    /// <summary>The addresses of an owner.</summary>
    public ImmutableArray<IPAddress> Of(string owner) => [.. _owners.Where(lease => lease.Value == owner).Select(lease => lease.Key)];

    /// <summary>Takes back what an owner has.</summary>
    /// <returns>The addresses.</returns>
    public ImmutableArray<IPAddress> Release(string owner)
    {
        var addresses = Of(owner);
        foreach (var address in addresses)
        {
            _owners.Remove(address);
        }

        return addresses;
    }
}
