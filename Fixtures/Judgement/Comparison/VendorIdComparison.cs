// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Which vendor IDs a peer sends, one by one, in the messages that both peers sent.</summary>
internal static class VendorIdComparison
{
    private const string VendorId = "VID";

    public static IEnumerable<Difference> Compare(IkeConversation a, IkeConversation b)
    {
        foreach (var (one, other) in IkeConversation.Common(a, b))
        {
            var (inA, inB) = (Sent(one), Sent(other));
            foreach (var id in inA.Union(inB).Where(id => inA.Contains(id) != inB.Contains(id)))
            {
                yield return new(DifferenceKind.VendorIds, $"{id} in {one.Place}", Seen(one, inA.Contains(id)), Seen(other, inB.Contains(id)));
            }
        }
    }

    private static HashSet<string> Sent(PeerMessage message) =>
        (message.Ike.Payloads ?? []).Where(payload => payload.Type == VendorId).Select(payload => payload.Text).ToHashSet(StringComparer.Ordinal);

    /// <summary>The message is where the packet can be looked at, with the vendor ID or without.</summary>
    private static Sighting Seen(PeerMessage message, bool isThere) => Sighting.Of(isThere ? "sent" : "not sent", [message]);
}
