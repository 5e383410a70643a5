// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Selectors that mode config fills in (draft-dukes-ike-mode-cfg-02 section 5.1).</content>
internal sealed partial class IkeSa
{
    /// <summary>The connection as quick mode is to see it: with the address that was given in the place of a selector that waits for it.</summary>
    private ConnectionPolicy AssignedPolicy => Policy.Children.All(child => child.Assigned == AssignedSelector.None)
        ? Policy
        : Policy with { Children = [.. Policy.Children.Select(WithAssignedAddress)] };

    private ChildPolicy WithAssignedAddress(ChildPolicy child) => child.Assigned switch
    {
        AssignedSelector.Local when Selector(Configuration?.Addresses ?? [], child.LocalSelector) is { } local => child with { LocalSelector = local },
        AssignedSelector.Remote when Selector(LeaseOwner is null ? [] : _services.Leases.Of(LeaseOwner), child.RemoteSelector) is { } remote =>
            child with { RemoteSelector = remote },
        _ => child,
    };

    /// <summary>The first address of the family of a selector, with its protocol and port; null when none was given.</summary>
    private static IdentificationPayload? Selector(ImmutableArray<IPAddress> addresses, IdentificationPayload configured)
    {
        var family = configured.IdType is IdType.Ipv6Address or IdType.Ipv6Subnet or IdType.Ipv6Range
            ? AddressFamily.InterNetworkV6
            : AddressFamily.InterNetwork;
        return addresses.FirstOrDefault(a => a.AddressFamily == family) is { } address
            ? SelectorIdentity.Of(address) with { ProtocolId = configured.ProtocolId, Port = configured.Port }
            : null;
    }
}
