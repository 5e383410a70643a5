// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the client identities of quick mode (RFC 2407 section 4.6.2, RFC 2409 section 5.5).</summary>
public static class ClientIdentityOracle
{
    private const int Ipv4 = 4;
    private const int Ipv6 = 16;

    /// <summary>The data have the size and the order that their type demands: an address; an address, then its mask; a first address, then a last.</summary>
    /// <param name="messages">Quick mode messages of one sender.</param>
    /// <returns>Null when they have.</returns>
    public static Finding? Layout(IReadOnlyList<ObservedIke> messages)
    {
        var judged = 0;
        foreach (var message in messages)
        {
            if (message.Message is null)
            {
                return Finding.Unreadable(message);
            }

            foreach (var id in message.Message.All<IdentificationPayload>())
            {
                judged++;
                if (Wrong(id) is { } legal)
                {
                    return new(legal, $"frame {message.Number}: {id.IdType} of {Convert.ToHexStringLower(id.Data.Span)}");
                }
            }
        }

        return judged == 0 ? Finding.Nothing("client identities to judge") : null;
    }

    /// <summary>Whoever names identities names two: the initiator's client first, and both as the policies have them.</summary>
    /// <param name="messages">Quick mode messages of one sender.</param>
    /// <param name="initiator">The traffic on the initiator's side.</param>
    /// <param name="responder">The traffic on the responder's side.</param>
    /// <returns>Null when they are named so.</returns>
    public static Finding? Name(IReadOnlyList<ObservedIke> messages, TrafficSelector initiator, TrafficSelector responder)
    {
        var judged = 0;
        foreach (var message in messages)
        {
            if (message.Message is null)
            {
                return Finding.Unreadable(message);
            }

            IdentificationPayload[] ids = [.. message.Message.All<IdentificationPayload>()];
            if (ids.Length == 0)
            {
                continue;
            }

            judged++;
            if (ids is not [var first, var second] || !Means(first, initiator) || !Means(second, responder))
            {
                return new($"{initiator}, then {responder}", $"frame {message.Number}: {string.Join(", then ", ids.Select(id => id.ToString()))}");
            }
        }

        return judged == 0 ? Finding.Nothing("client identities to judge") : null;
    }

    /// <summary>As <see cref="Name"/> where identities are named; to name none says the same when they are the peers' own addresses.</summary>
    /// <param name="messages">Quick mode messages of one sender.</param>
    /// <param name="initiator">The initiator's address.</param>
    /// <param name="responder">The responder's address.</param>
    /// <returns>Null when nothing else is named.</returns>
    public static Finding? NoneOr(IReadOnlyList<ObservedIke> messages, TrafficSelector initiator, TrafficSelector responder) =>
        messages.Count > 0 && messages.All(message => message.Message is { } read && read.Find<IdentificationPayload>() is null)
            ? null
            : messages.Count == 0 ? Finding.Nothing("messages to judge") : Name(messages, initiator, responder);

    private static bool Means(IdentificationPayload id, TrafficSelector wanted) => TrafficSelector.TryFrom(id, out var named) && named == wanted;

    private static string? Wrong(IdentificationPayload id)
    {
        var data = id.Data.Span;
        return id.IdType switch
        {
            IdType.Ipv4Address => data.Length == Ipv4 ? null : "4 octets",
            IdType.Ipv6Address => data.Length == Ipv6 ? null : "16 octets",
            IdType.Ipv4Subnet => IsSubnet(data, Ipv4) ? null : "4 octets of address, then 4 of its mask",
            IdType.Ipv6Subnet => IsSubnet(data, Ipv6) ? null : "16 octets of address, then 16 of its mask",
            IdType.Ipv4Range => IsRange(data, Ipv4) ? null : "4 octets of the first address, then 4 of the last",
            IdType.Ipv6Range => IsRange(data, Ipv6) ? null : "16 octets of the first address, then 16 of the last",
            _ => "an address, a subnet or a range",
        };
    }

    private static bool IsSubnet(ReadOnlySpan<byte> data, int size)
    {
        if (data.Length != 2 * size)
        {
            return false;
        }

        var isEnd = false;
        foreach (var bit in Enumerable.Range(0, size * 8))
        {
            var isOne = (data[size + (bit / 8)] & (0x80 >> (bit % 8))) != 0;
            if (isOne && isEnd)
            {
                return false;
            }

            isEnd |= !isOne;
        }

        return true;
    }

    private static bool IsRange(ReadOnlySpan<byte> data, int size) => data.Length == 2 * size && data[..size].SequenceCompareTo(data[size..]) <= 0;
}
