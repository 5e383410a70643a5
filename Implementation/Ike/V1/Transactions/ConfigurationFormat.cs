// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Numerics;
using System.Buffers.Binary;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.ConfigurationAttribute;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>The forms of mode config's attributes (the table of draft-dukes-ike-mode-cfg-02 section 3.4).</summary>
internal static class ConfigurationFormat
{
    private const int MostIpv6PrefixBits = 128;

    /// <summary>The attributes that are understood, for SUPPORTED_ATTRIBUTES.</summary>
    public static IReadOnlyList<ConfigurationAttribute> Supported { get; } =
    [
        InternalIp4Address, InternalIp4Netmask, InternalIp4Dns, InternalIp4Nbns, InternalAddressExpiry, InternalIp4Dhcp, ApplicationVersion,
        InternalIp6Address, InternalIp6Netmask, InternalIp6Dns, InternalIp6Nbns, InternalIp6Dhcp, InternalIp4Subnet, SupportedAttributes,
        InternalIp6Subnet,
    ];

    /// <summary>
    /// Whether the attributes that are known have the form they must have. One that has not makes the whole payload one to
    /// discard (draft-dukes-ike-mode-cfg-02 section 3.2); unknown ones are passed over (section 3.4).
    /// </summary>
    public static Rejection? Check(AttributesPayload payload)
    {
        var isRequest = payload.MessageType == (byte)ConfigurationMessageType.Request;
        foreach (var attribute in payload.Attributes)
        {
            if (!IsWellFormed(attribute, isRequest))
            {
                return new("draft-dukes-ike-mode-cfg-02 section 3.4", $"{(ConfigurationAttribute)attribute.Type} has a value of {attribute.Value.Length} bytes: {attribute}");
            }
        }

        return null;
    }

    private static bool IsWellFormed(DataAttribute attribute, bool isRequest)
    {
        var type = (ConfigurationAttribute)attribute.Type;
        var value = attribute.Value.Span;
        if (!Supported.Contains(type))
        {
            return true;
        }

        if (attribute.IsBasic)
        {
            return false;
        }

        return value.IsEmpty || type switch
        {
            ApplicationVersion => true,
            SupportedAttributes => !isRequest && value.Length % sizeof(ushort) == 0,
            InternalIp4Subnet => value.Length == 8 && IsMask(value[4..]),
            InternalIp6Subnet => value.Length == 17 && value[^1] <= MostIpv6PrefixBits,
            InternalIp4Netmask => value.Length == 4 && (isRequest || IsMask(value)),
            InternalIp6Address or InternalIp6Netmask or InternalIp6Dns or InternalIp6Nbns or InternalIp6Dhcp => value.Length == 16,
            _ => value.Length == 4,
        };
    }

    /// <summary>The network of INTERNAL_IP4_SUBNET or INTERNAL_IP6_SUBNET, whose bits behind the mask may be anything.</summary>
    public static IPNetwork Network(ReadOnlySpan<byte> value) => value.Length == 8
        ? Network(value[..4], BitOperations.PopCount(BinaryPrimitives.ReadUInt32BigEndian(value[4..])))
        : Network(value[..16], value[16]);

    /// <summary>The value of INTERNAL_IP4_SUBNET (address and mask) or INTERNAL_IP6_SUBNET (address and prefix length).</summary>
    public static byte[] Value(IPNetwork network)
    {
        var address = network.BaseAddress.GetAddressBytes();
        return address.Length == 16
            ? [.. address, (byte)network.PrefixLength]
            : [.. address, .. Masked([255, 255, 255, 255], network.PrefixLength)];
    }

    private static bool IsMask(ReadOnlySpan<byte> value)
    {
        var inverted = ~BinaryPrimitives.ReadUInt32BigEndian(value);
        return (inverted & unchecked(inverted + 1)) == 0;
    }

    private static IPNetwork Network(ReadOnlySpan<byte> address, int prefixLength) =>
        new(new IPAddress(Masked(address, prefixLength)), prefixLength);

    private static byte[] Masked(ReadOnlySpan<byte> address, int prefixLength)
    {
        var bytes = address.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefixLength - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return bytes;
    }
}
