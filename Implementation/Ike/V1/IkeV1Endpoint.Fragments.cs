// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Fragmentation;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1;

/// <content>Messages that come in fragments: nothing is answered before the whole message has been judged.</content>
public sealed partial class IkeV1Endpoint
{
    private const string FragmentClause = "payload type 132, IKE fragmentation";

    private FragmentReassembler? _strangersFragments;

    private FragmentReassembler StrangersFragments => _strangersFragments ??= new(_services.Limits, _services.Limits.StrangersFragmentedMessages);

    private void ReceiveFragment(IsakmpHeader header, DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (ReadFragment(header, datagram.Bytes, out var fragment) is { } malformed)
        {
            Discard(datagram, malformed, effects);
            return;
        }

        if (FindReassembler(header, datagram, out var reassembler) is { } refused)
        {
            Discard(datagram, refused, effects);
            return;
        }

        var key = FragmentKey.Of(datagram.Remote, header, fragment!);
        if (reassembler!.Add(key, fragment!, now, out var message) is { } rejection)
        {
            Discard(datagram, rejection, effects);
        }
        else if (!message.IsEmpty)
        {
            ReceiveWhole(header, datagram with { Bytes = message }, now, effects);
        }
    }

    private static Rejection? ReadFragment(IsakmpHeader header, ReadOnlyMemory<byte> datagram, out FragmentPayload? fragment)
    {
        fragment = null;
        if (header.IsEncrypted)
        {
            return new(FragmentClause, "a fragment says that it is encrypted; the message in it may be");
        }

        var body = datagram[IsakmpHeader.Size..];
        if (!PayloadChain.TryRead(header.NextPayload, body, IsakmpHeader.Size, out var payloads, out var consumed, out var error))
        {
            return new(FragmentClause, error.ToString());
        }

        if (payloads is not [FragmentPayload only] || consumed != body.Length)
        {
            return new(FragmentClause, "a fragment is not the only payload of its datagram");
        }

        fragment = only;
        return null;
    }

    /// <summary>Fragments wait with the IKE SA they belong to; those of a message 1 together and apart from all SAs.</summary>
    private Rejection? FindReassembler(IsakmpHeader header, DatagramReceived datagram, out FragmentReassembler? reassembler)
    {
        reassembler = null;
        if (Find(header, datagram.Remote) is { } sa)
        {
            if (sa.Policy.Fragmentation.Mode == FragmentationMode.Off)
            {
                return new(FragmentClause, "fragments are not taken on this connection");
            }

            reassembler = sa.Fragments;
            return sa.IsBetween(datagram.Local, datagram.Remote) ? null : sa.CheckMove(datagram.Local, datagram.Remote);
        }

        if (!header.ResponderCookie.IsZero)
        {
            return new("RFC 2408 section 5.2", "no IKE SA has these cookies");
        }

        reassembler = StrangersFragments;
        return _connections.Exists(c => c.Fragmentation.Mode != FragmentationMode.Off && c.Remote.Address.Equals(datagram.Remote.Address))
            ? null
            : new(FragmentClause, $"no connection takes fragments from {datagram.Remote.Address}");
    }

    private void ReceiveWhole(IsakmpHeader outer, DatagramReceived whole, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (HeaderCheck.Read(whole.Bytes, out var inner) is { } malformed)
        {
            Discard(whole, malformed, effects);
        }
        else if (inner.NextPayload == PayloadType.Fragment
            || (inner.InitiatorCookie, inner.ResponderCookie) != (outer.InitiatorCookie, outer.ResponderCookie))
        {
            Discard(whole, new(FragmentClause, "the fragments hold a message with other cookies, or fragments again"), effects);
        }
        else
        {
            Deliver(inner, whole, now, effects);
        }
    }
}
