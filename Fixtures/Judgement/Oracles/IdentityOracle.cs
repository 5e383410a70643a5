// SPDX-License-Identifier: Apache-2.0

using System.Formats.Asn1;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges identification payloads (RFC 2407 section 4.6.2).</summary>
public static class IdentityOracle
{
    private const byte Udp = 17;
    private const ushort IkePort = 500;

    /// <summary>Protocol and port of a phase 1 identity are both zero, or UDP and 500.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>The first identity with others; null when there is none.</returns>
    public static Finding? ProtocolAndPort(IEnumerable<ObservedIke> messages)
    {
        var identities = Phase1(messages);
        var wrong = identities.FirstOrDefault(one => (one.Identity.ProtocolId, one.Identity.Port) is not ((0, 0) or (Udp, IkePort)));
        return identities.Count == 0 ? Finding.Nothing("identities to judge")
            : wrong.Identity is null ? null
            : new("protocol and port 0 and 0, or 17 and 500", $"frame {wrong.Message.Number}: {wrong.Identity.ProtocolId} and {wrong.Identity.Port}");
    }

    /// <summary>The data of every identity, of phase 1 and of quick mode, have the form of their type.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>The first identity whose data have not; null when there is none.</returns>
    public static Finding? Form(IEnumerable<ObservedIke> messages)
    {
        var identities = All(messages).ToList();
        foreach (var (message, identity) in identities)
        {
            var legal = identity.IdType switch
            {
                IdType.Ipv4Address => Octets(identity, 4, "an address"),
                IdType.Ipv6Address => Octets(identity, 16, "an address"),
                IdType.Ipv4Subnet => Octets(identity, 8, "an address and behind it a mask"),
                IdType.Ipv6Subnet => Octets(identity, 32, "an address and behind it a mask"),
                IdType.Ipv4Range => Octets(identity, 8, "the first and the last address"),
                IdType.Ipv6Range => Octets(identity, 32, "the first and the last address"),
                IdType.Fqdn => IsText(identity) ? null : "a name without terminator",
                IdType.UserFqdn => IsText(identity) && identity.Data.Span.Contains((byte)'@') ? null : "an e-mail address without terminator",
                IdType.DerAsn1Dn => IsSequence(identity) ? null : "a Name in DER",
                IdType.KeyId => identity.Data.IsEmpty ? "octets" : null,
                IdType.DerAsn1Gn => identity.Data.IsEmpty ? "a GeneralName in DER" : null,
                _ => "a type of RFC 2407 section 4.6.2.1",
            };
            if (legal is not null)
            {
                return new($"{identity.IdType} data are {legal}", $"frame {message.Number}: {Convert.ToHexStringLower(identity.Data.Span)}");
            }
        }

        return identities.Count == 0 ? Finding.Nothing("identities to judge") : null;
    }

    /// <summary>A side claims one identity in phase 1, and it is this one.</summary>
    /// <param name="messages">The messages of that side.</param>
    /// <param name="wanted">The identity; its protocol and port do not matter.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? Claims(IEnumerable<ObservedIke> messages, IdentificationPayload wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var identities = Phase1(messages);
        return identities is [(_, var only)] && only.IdType == wanted.IdType && only.Data.Span.SequenceEqual(wanted.Data.Span)
            ? null
            : new(
                $"one identity, {Text(wanted)}",
                identities.Count == 0 ? "none" : string.Join("; ", identities.Select(one => $"frame {one.Message.Number}: {Text(one.Identity)}")));
    }

    private static List<(ObservedIke Message, IdentificationPayload Identity)> Phase1(IEnumerable<ObservedIke> messages) => [.. All(messages.Where(m => m.Header.MessageId == 0))];

    private static IEnumerable<(ObservedIke Message, IdentificationPayload Identity)> All(IEnumerable<ObservedIke> messages) =>
        from message in messages
        from identity in message.Message?.All<IdentificationPayload>() ?? []
        select (message, identity);

    private static string? Octets(IdentificationPayload identity, int count, string what) => identity.Data.Length == count ? null : $"{what}, {count} octets";

    private static bool IsText(IdentificationPayload identity) => !identity.Data.IsEmpty && !identity.Data.Span.ContainsAnyInRange((byte)0, (byte)0x1f);

    private static bool IsSequence(IdentificationPayload identity) =>
        AsnDecoder.TryReadEncodedValue(identity.Data.Span, AsnEncodingRules.DER, out var tag, out _, out _, out var consumed)
        && tag == Asn1Tag.Sequence
        && consumed == identity.Data.Length;

    private static string Text(IdentificationPayload identity) => $"{identity.IdType} {Convert.ToHexStringLower(identity.Data.Span)}";
}
