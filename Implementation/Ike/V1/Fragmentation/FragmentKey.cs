// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Fragmentation;

/// <summary>
/// What fragments of one message have in common. Some implementations number all messages alike, and some keep the
/// message ID in the header of the fragments, so it tells more messages apart than the fragment ID alone.
/// </summary>
/// <param name="Remote">Where they come from.</param>
/// <param name="InitiatorCookie">CKY-I.</param>
/// <param name="ResponderCookie">CKY-R.</param>
/// <param name="MessageId">Message ID in the header of the fragments.</param>
/// <param name="FragmentId">Fragment ID.</param>
internal readonly record struct FragmentKey(IPEndPoint Remote, Cookie InitiatorCookie, Cookie ResponderCookie, uint MessageId, ushort FragmentId)
{
    public static FragmentKey Of(IPEndPoint remote, IsakmpHeader header, FragmentPayload fragment) =>
        new(remote, header.InitiatorCookie, header.ResponderCookie, header.MessageId, fragment.FragmentId);
}
