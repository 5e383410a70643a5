// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges how two sides look for NATs between them (RFC 3947 section 3). The hashes are computed anew from what is on the wire.</summary>
public static class NatDiscoveryOracle
{
    /// <summary>The first message of each side has the vendor ID of RFC 3947.</summary>
    /// <param name="messages">The messages of phase 1.</param>
    /// <returns>Null when both have it.</returns>
    public static Finding? Announced(IReadOnlyList<ObservedIke> messages)
    {
        foreach (var side in new[] { "west", "east" })
        {
            if (messages.FirstOrDefault(message => message.From == side) is not { } first)
            {
                return Finding.Nothing($"a message from {side}");
            }

            var ids = first.Message?.All<VendorIdPayload>().Select(vendor => Convert.ToHexStringLower(vendor.Id.Span)).ToArray() ?? [];
            var wanted = Convert.ToHexStringLower(VendorIds.NatTraversal.Span);
            if (!ids.Contains(wanted))
            {
                return new($"vendor ID {wanted} in the first message from {side}", $"frame {first.Number}: {(ids.Length == 0 ? "no vendor ID" : string.Join(", ", ids))}");
            }
        }

        return null;
    }

    /// <summary>NAT-D payloads are in these messages of phase 1 and in no other.</summary>
    /// <param name="messages">The messages of phase 1.</param>
    /// <param name="numbers">Their numbers; none when nobody is to look for NATs.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? CarriedIn(IReadOnlyList<ObservedIke> messages, params IReadOnlyList<int> numbers)
    {
        if (messages.FirstOrDefault(message => message.Message is null) is { } unreadable)
        {
            return Finding.Unreadable(unreadable);
        }

        int[] carriers = [.. messages.Where(message => Hashes(message).Length > 0).Select(message => message.Ordinal)];
        return messages.Count == 0 ? Finding.Nothing("messages of phase 1")
            : carriers.SequenceEqual(numbers) ? null
            : new($"NAT-D in {Text(numbers)}", $"NAT-D in {Text(carriers)}");
    }

    /// <summary>
    /// The first NAT-D payload is the hash of the end to which its message goes, and one of the others that of the end from which it comes
    /// (RFC 3947 section 3.2), both as the sender sees them.
    /// </summary>
    /// <param name="messages">The messages of phase 1.</param>
    /// <param name="hash">The negotiated hash.</param>
    /// <param name="ends">Where a message goes and where it comes from, as its sender sees it.</param>
    /// <returns>Null when it holds of every message with such payloads.</returns>
    public static Finding? Recomputed(IEnumerable<ObservedIke> messages, PrfAlgorithm hash, Func<ObservedIke, (IPEndPoint Destination, IPEndPoint Source)> ends) =>
        Judge(messages, message =>
        {
            var (destination, source) = ends(message);
            var hashes = Hashes(message);
            var wanted = Hash(hash, message, destination);
            return hashes[0] != wanted ? new($"the hash of {destination}, {wanted}, in the first NAT-D payload", $"frame {message.Number}: {hashes[0]}")
                : hashes.Skip(1).Contains(Hash(hash, message, source)) ? null
                : new($"the hash of {source}, {Hash(hash, message, source)}, in another NAT-D payload", $"frame {message.Number}: {string.Join(", ", hashes.Skip(1))}");
        });

    /// <summary>Who forces encapsulation sends no hash of the end from which its message comes, so that the other side must find a NAT.</summary>
    /// <param name="messages">The messages of the side that does.</param>
    /// <param name="hash">The negotiated hash.</param>
    /// <param name="ends">As in <see cref="Recomputed"/>.</param>
    /// <returns>Null when it holds of every message with such payloads.</returns>
    public static Finding? SourceHidden(IEnumerable<ObservedIke> messages, PrfAlgorithm hash, Func<ObservedIke, (IPEndPoint Destination, IPEndPoint Source)> ends) =>
        Judge(messages, message => Hashes(message).Skip(1).Contains(Hash(hash, message, ends(message).Source))
            ? new("no NAT-D payload with the hash of the end from which the message comes", $"frame {message.Number} has it")
            : null);

    private static Finding? Judge(IEnumerable<ObservedIke> messages, Func<ObservedIke, Finding?> judge)
    {
        var carriers = messages.Where(message => Hashes(message).Length > 0).ToArray();
        return carriers.Length == 0 ? Finding.Nothing("messages with NAT-D payloads") : carriers.Select(judge).FirstOrDefault(finding => finding is not null);
    }

    private static string[] Hashes(ObservedIke message) =>
        [.. message.Message?.All<NatDiscoveryPayload>().Select(discovery => Convert.ToHexStringLower(discovery.Hash.Span)) ?? []];

    /// <summary>HASH(CKY-I | CKY-R | IP | Port).</summary>
    private static string Hash(PrfAlgorithm hash, ObservedIke message, IPEndPoint end)
    {
        var port = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)end.Port);
        return Convert.ToHexStringLower(hash.Hash(
            (byte[])[.. message.Header.InitiatorCookie.ToBytes(), .. message.Header.ResponderCookie.ToBytes(), .. end.Address.GetAddressBytes(), .. port]));
    }

    private static string Text(IReadOnlyList<int> numbers) => numbers.Count == 0 ? "no message" : $"messages {string.Join(", ", numbers)}";
}
