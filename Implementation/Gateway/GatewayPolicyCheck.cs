// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway;

/// <summary>What a gateway demands of a connection beyond what IKE does.</summary>
internal static class GatewayPolicyCheck
{
    /// <summary>Makes the SPD entries of a connection.</summary>
    /// <returns>What is wrong; the entries are complete only when nothing is.</returns>
    public static IReadOnlyList<PolicyError> TryRead(ConnectionPolicy connection, out List<SpdEntry> entries)
    {
        var errors = new List<PolicyError>();
        entries = [];
        for (var i = 0; i < connection.Children.Length; i++)
        {
            var child = connection.Children[i];
            var path = $"{connection.Name}.children[{i}]";
            if (child.Mode != EncapsulationMode.Tunnel)
            {
                errors.Add(new($"{path}.mode", $"is {child.Mode}; between gateways it must be tunnel mode (RFC 4301 section 4.1)"));
            }

            if (Read(child.LocalSelector, $"{path}.localSelector", errors) is { } local
                && Read(child.RemoteSelector, $"{path}.remoteSelector", errors) is { } remote)
            {
                var name = EspDataPlane.EntryName(connection.Name, child.Name);
                entries.Add(new SpdEntry(name, new SelectorPair(local, remote), SpdAction.Protect));
            }
        }

        return errors;
    }

    private static TrafficSelector? Read(IdentificationPayload identification, string path, List<PolicyError> errors)
    {
        if (TrafficSelector.TryFrom(identification, out var selector))
        {
            return selector;
        }

        errors.Add(new(path, $"{identification} is not an IPv4 address, subnet or range"));
        return null;
    }
}
