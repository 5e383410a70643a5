// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using Ipsec.Ike.Effects;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.ConfigurationAttribute;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>What the attributes of a REPLY or SET say, once their form has been checked.</summary>
internal static class ConfigurationReader
{
    /// <summary>Reads the attributes that have a value and are known; the others are passed over (draft-dukes-ike-mode-cfg-02 section 3.4).</summary>
    public static AssignedConfiguration Read(AttributesPayload payload)
    {
        var values = payload.Attributes.Where(a => !a.Value.IsEmpty && !a.IsBasic).ToLookup(a => (ConfigurationAttribute)a.Type, a => a.Value);
        return new()
        {
            Addresses = Addresses(values, InternalIp4Address, InternalIp6Address),
            Netmask = Addresses(values, InternalIp4Netmask).FirstOrDefault(),
            DnsServers = Addresses(values, InternalIp4Dns, InternalIp6Dns),
            NbnsServers = Addresses(values, InternalIp4Nbns, InternalIp6Nbns),
            DhcpServers = Addresses(values, InternalIp4Dhcp, InternalIp6Dhcp),
            Subnets = [.. values[InternalIp4Subnet].Concat(values[InternalIp6Subnet]).Select(v => ConfigurationFormat.Network(v.Span))],
            ExpirySeconds = values[InternalAddressExpiry].Select(v => (uint?)BinaryPrimitives.ReadUInt32BigEndian(v.Span)).FirstOrDefault(),
            ApplicationVersion = values[ApplicationVersion].Select(v => Encoding.ASCII.GetString(v.Span)).FirstOrDefault(),
            SupportedAttributes = [.. values[SupportedAttributes].SelectMany(Numbers)],
        };
    }

    private static ImmutableArray<IPAddress> Addresses(
        ILookup<ConfigurationAttribute, ReadOnlyMemory<byte>> values,
        params ConfigurationAttribute[] types) =>
        [.. types.SelectMany(type => values[type]).Select(v => new IPAddress(v.Span))];

    private static IEnumerable<ushort> Numbers(ReadOnlyMemory<byte> value)
    {
        for (var i = 0; i < value.Length; i += sizeof(ushort))
        {
            yield return BinaryPrimitives.ReadUInt16BigEndian(value.Span[i..]);
        }
    }
}
