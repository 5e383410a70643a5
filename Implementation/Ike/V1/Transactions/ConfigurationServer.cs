// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.ConfigurationAttribute;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>Gives the address of a family that the peer has or gets, or null when there is none; the second is the address it would like.</summary>
internal delegate IPAddress? LeaseAddress(AddressFamily family, IPAddress? wanted);

/// <summary>The side that gives a configuration (draft-dukes-ike-mode-cfg-02 section 2).</summary>
internal static class ConfigurationServer
{
    private static readonly ConfigurationAttribute[] Pushed =
    [
        InternalIp4Address, InternalIp4Netmask, InternalAddressExpiry, InternalIp4Dns, InternalIp4Nbns, InternalIp4Dhcp, InternalIp4Subnet,
        InternalIp6Address, InternalIp6Dns, InternalIp6Nbns, InternalIp6Dhcp, InternalIp6Subnet,
    ];

    /// <summary>
    /// The REPLY, which always is sent, if need be empty (draft section 2). No value in it is of length zero (section 3.4), and
    /// what was asked for in vain or is unknown is left out.
    /// </summary>
    public static AttributesPayload Reply(AttributesPayload request, ModeConfigPolicy? policy, LeaseAddress lease)
    {
        var asked = request.Attributes.Select(a => (ConfigurationAttribute)a.Type).Distinct().ToArray();
        var wanted = request.Attributes
            .Where(a => (ConfigurationAttribute)a.Type is InternalIp4Address or InternalIp6Address && !a.Value.IsEmpty)
            .Select(a => new IPAddress(a.Value.Span))
            .ToArray();
        return new((byte)ConfigurationMessageType.Reply, request.Identifier, policy is null ? [] : [.. Values(asked, wanted, policy, lease)]);
    }

    /// <summary>The SET of what the policy has to give.</summary>
    public static AttributesPayload Set(ushort identifier, ModeConfigPolicy policy, LeaseAddress lease) =>
        new((byte)ConfigurationMessageType.Set, identifier, [.. Values(Pushed, [], policy, lease)]);

    private static IEnumerable<DataAttribute> Values(
        ConfigurationAttribute[] asked,
        IPAddress[] wanted,
        ModeConfigPolicy policy,
        LeaseAddress lease)
    {
        var ip4 = Leased(InternalIp4Address, AddressFamily.InterNetwork);
        var ip6 = Leased(InternalIp6Address, AddressFamily.InterNetworkV6);
        return asked.SelectMany(type => Values(type).Select(value => DataAttribute.Variable((ushort)type, value)));

        IPAddress? Leased(ConfigurationAttribute type, AddressFamily family) =>
            asked.Contains(type) ? lease(family, Array.Find(wanted, address => address.AddressFamily == family)) : null;

        // Netmask and expiry belong to an address (draft section 3.4).
        IEnumerable<ReadOnlyMemory<byte>> Values(ConfigurationAttribute type) => type switch
        {
            InternalIp4Address => Bytes([ip4]),
            InternalIp6Address => Bytes([ip6]),
            InternalIp4Netmask => Bytes([ip4 is null ? null : policy.Netmask]),
            InternalAddressExpiry => (ip4 ?? ip6) is null || policy.AddressExpirySeconds is not { } seconds ? [] : [Number(seconds)],
            InternalIp4Dns => OfFamily(policy.DnsServers, AddressFamily.InterNetwork),
            InternalIp6Dns => OfFamily(policy.DnsServers, AddressFamily.InterNetworkV6),
            InternalIp4Nbns => OfFamily(policy.NbnsServers, AddressFamily.InterNetwork),
            InternalIp6Nbns => OfFamily(policy.NbnsServers, AddressFamily.InterNetworkV6),
            InternalIp4Dhcp => OfFamily(policy.DhcpServers, AddressFamily.InterNetwork),
            InternalIp6Dhcp => OfFamily(policy.DhcpServers, AddressFamily.InterNetworkV6),
            InternalIp4Subnet => Networks(policy.Subnets, AddressFamily.InterNetwork),
            InternalIp6Subnet => Networks(policy.Subnets, AddressFamily.InterNetworkV6),
            ApplicationVersion => string.IsNullOrEmpty(policy.ApplicationVersion) ? [] : [Encoding.ASCII.GetBytes(policy.ApplicationVersion)],
            SupportedAttributes => [Supported()],
            _ => [],
        };
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Bytes(IEnumerable<IPAddress?> addresses) =>
        addresses.OfType<IPAddress>().Select(address => (ReadOnlyMemory<byte>)address.GetAddressBytes());

    private static IEnumerable<ReadOnlyMemory<byte>> OfFamily(IEnumerable<IPAddress> addresses, AddressFamily family) =>
        Bytes(addresses.Where(address => address.AddressFamily == family));

    private static IEnumerable<ReadOnlyMemory<byte>> Networks(IEnumerable<IPNetwork> networks, AddressFamily family) =>
        networks.Where(n => n.BaseAddress.AddressFamily == family).Select(n => (ReadOnlyMemory<byte>)ConfigurationFormat.Value(n));

    private static ReadOnlyMemory<byte> Number(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static ReadOnlyMemory<byte> Supported()
    {
        var bytes = new byte[ConfigurationFormat.Supported.Count * sizeof(ushort)];
        for (var i = 0; i < ConfigurationFormat.Supported.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)ConfigurationFormat.Supported[i]);
        }

        return bytes;
    }
}
