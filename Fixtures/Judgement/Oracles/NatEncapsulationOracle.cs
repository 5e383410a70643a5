// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges what quick mode says about a NAT that phase 1 has found (RFC 3947 section 5), and what phase 1 says of ports.</summary>
public static class NatEncapsulationOracle
{
    /// <summary>Every transform of quick mode names an encapsulation mode.</summary>
    /// <param name="messages">The messages of one side, or of both.</param>
    /// <param name="mode">The mode.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? Mode(IEnumerable<ObservedIke> messages, EncapsulationMode mode)
    {
        var transforms = messages
            .Where(message => message.Header.ExchangeType == ExchangeType.QuickMode)
            .SelectMany(message => message.Message?.Find<SaPayload>()?.Proposals.SelectMany(proposal => proposal.Transforms).Select(transform => (message, transform)) ?? [])
            .ToArray();
        foreach (var (message, transform) in transforms)
        {
            if (!transform.TryGet((ushort)Phase2Attribute.EncapsulationMode, out var attribute) || !attribute.TryGetNumber(out var named) || named != (ulong)mode)
            {
                return new($"encapsulation mode {(int)mode} in every transform", $"frame {message.Number}: {attribute?.ToString() ?? "none"} in transform {transform.Number}");
            }
        }

        return transforms.Length == 0 ? Finding.Nothing("transforms of quick mode") : null;
    }

    /// <summary>Messages 1 and 2 of quick mode have two NAT-OA payloads: the address of whoever started it and that of the other, as the sender sees them.</summary>
    /// <param name="messages">The messages of quick mode.</param>
    /// <param name="seen">The two addresses, as the sender of a message sees them.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? OriginalAddresses(IEnumerable<ObservedIke> messages, Func<ObservedIke, (IPAddress Initiator, IPAddress Responder)> seen)
    {
        const int WithSa = 2;
        var judged = messages.Where(message => message.Header.ExchangeType == ExchangeType.QuickMode && message.Ordinal <= WithSa).ToArray();
        foreach (var message in judged)
        {
            var (initiator, responder) = seen(message);
            string[] wanted = [Text(initiator.GetAddressBytes()), Text(responder.GetAddressBytes())];
            string[] told = [.. message.Message?.All<NatOriginalAddressPayload>().Select(payload => Text(payload.Address.Span)) ?? []];
            if (!told.SequenceEqual(wanted))
            {
                return new($"NAT-OA of {string.Join(" and ", wanted)}", $"frame {message.Number}: {(told.Length == 0 ? "none" : string.Join(" and ", told))}");
            }
        }

        return judged.Length < WithSa ? Finding.Nothing("messages 1 and 2 of quick mode") : null;
    }

    /// <summary>The port in each identity of phase 1 is zero (RFC 3947 section 4).</summary>
    /// <param name="messages">The messages of phase 1.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? NoPortInIdentity(IEnumerable<ObservedIke> messages)
    {
        var identities = messages
            .Where(message => message.Header.MessageId == 0)
            .SelectMany(message => message.Message?.All<IdentificationPayload>().Select(identity => (message, identity)) ?? [])
            .ToArray();
        return identities.FirstOrDefault(each => each.identity.Port != 0) is ({ } message, { } wrong) ? new("port 0 in the identity", $"frame {message.Number}: port {wrong.Port}")
            : identities.Length == 0 ? Finding.Nothing("identities")
            : null;
    }

    private static string Text(ReadOnlySpan<byte> address) => address.Length is 4 or 16 ? new IPAddress(address).ToString() : Convert.ToHexStringLower(address);
}
