// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>Compares the client identities of quick mode (RFC 2409 section 5.5, RFC 2407 section 4.6.2).</summary>
internal static class SelectorIdentity
{
    /// <summary>Same traffic: an address and its subnet with an all-ones mask mean the same.</summary>
    public static bool Same(IdentificationPayload a, IdentificationPayload b) =>
        a.ProtocolId == b.ProtocolId
        && a.Port == b.Port
        && Normalise(a) is var (typeA, dataA)
        && Normalise(b) is var (typeB, dataB)
        && typeA == typeB
        && dataA.SequenceEqual(dataB);

    /// <summary>What an absent client identity stands for: the peer's own address.</summary>
    public static IdentificationPayload Of(IPAddress address) => IdentificationPayload.Ipv4Address(address);

    private static (IdType Type, byte[] Data) Normalise(IdentificationPayload id)
    {
        var data = id.Data.ToArray();
        return id.IdType == IdType.Ipv4Address && data.Length == 4
            ? (IdType.Ipv4Subnet, [.. data, 255, 255, 255, 255])
            : (id.IdType, data);
    }
}
