// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.ConfigurationAttribute;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>The side that receives a configuration (draft-dukes-ike-mode-cfg-02 section 2).</summary>
internal static class ConfigurationClient
{
    /// <summary>The REQUEST: attributes of length zero, but for an address that is wanted.</summary>
    public static AttributesPayload Request(ushort identifier, ImmutableArray<ConfigurationAttribute> asked, IPAddress? wantedAddress) => new(
        (byte)ConfigurationMessageType.Request,
        identifier,
        [.. asked.Select(type => DataAttribute.Variable((ushort)type, IsWanted(type, wantedAddress) ? wantedAddress!.GetAddressBytes() : ReadOnlyMemory<byte>.Empty))]);

    /// <summary>The ACK: the accepted attributes with length zero, the others not at all (draft section 2).</summary>
    public static AttributesPayload Acknowledge(AttributesPayload set, bool acceptsConfiguration) => new(
        (byte)ConfigurationMessageType.Acknowledge,
        set.Identifier,
        acceptsConfiguration ? [.. set.Attributes.Where(IsAccepted).Select(a => DataAttribute.Variable(a.Type, ReadOnlyMemory<byte>.Empty))] : []);

    /// <summary>Whether an answer lacks an address that was asked for.</summary>
    public static bool LacksAddress(IEnumerable<ConfigurationAttribute> asked, IEnumerable<IPAddress> given)
    {
        var families = asked.Where(type => type is InternalIp4Address or InternalIp6Address).ToArray();
        return families.Length > 0 && !given.Any(address => families.Contains(AddressType(address)));
    }

    private static bool IsAccepted(DataAttribute attribute) =>
        !attribute.Value.IsEmpty && ConfigurationFormat.Supported.Contains((ConfigurationAttribute)attribute.Type);

    private static bool IsWanted(ConfigurationAttribute type, IPAddress? wanted) => wanted is not null && type == AddressType(wanted);

    private static ConfigurationAttribute AddressType(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? InternalIp4Address : InternalIp6Address;
}
