// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway;

/// <summary>What a gateway demands of a connection beyond what IKE does.</summary>
public static class GatewayPolicyCheck
{
    /// <summary>Makes the SPD entries of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="entries">An entry for each child.</param>
    /// <returns>What is wrong; the entries are complete only when nothing is.</returns>
    public static IReadOnlyList<PolicyError> TryRead(ConnectionPolicy connection, out List<SpdEntry> entries)
    {
        var errors = new List<PolicyError>();
        entries = [];
        for (var i = 0; i < connection.Children.Length; i++)
        {
            var child = connection.Children[i];
            var path = $"{connection.Name}.children[{i}]";
            if (Read(child.LocalSelector, $"{path}.localSelector", errors) is { } local
                && Read(child.RemoteSelector, $"{path}.remoteSelector", errors) is { } remote)
            {
                CheckMode(connection, child, local, remote, path, errors);
                var name = ChildSaParameters.EntryName(connection.Name, child.Name);
                entries.Add(new SpdEntry(name, new SelectorPair(local, remote), SpdAction.Protect));
            }
        }

        return errors;
    }

    // As the peer may be behind a NAT, its address is only known to be one.
    private static void CheckMode(
        ConnectionPolicy connection, ChildPolicy child, TrafficSelector local, TrafficSelector remote, string path, List<PolicyError> errors)
    {
        var own = TrafficSelector.Address(connection.Local.Address);
        var isOwnTraffic = (local.FirstAddress, local.LastAddress) == (own.FirstAddress, own.LastAddress) && remote.FirstAddress == remote.LastAddress;
        if (IsTransport(child.Mode) && !isOwnTraffic)
        {
            errors.Add(new($"{path}.mode", $"is {child.Mode}; but between the gateways' own addresses it must be tunnel mode (RFC 4301 section 4.1)"));
        }
    }

    private static bool IsTransport(EncapsulationMode mode) => mode
        is EncapsulationMode.Transport
        or EncapsulationMode.UdpEncapsulatedTransport
        or EncapsulationMode.UdpEncapsulatedTransportDraft;

    private static TrafficSelector? Read(IdentificationPayload identification, string path, List<PolicyError> errors)
    {
        if (TrafficSelector.TryFrom(identification, out var selector))
        {
            return selector;
        }

        errors.Add(new(path, $"{identification} is not an address, subnet or range"));
        return null;
    }
}
