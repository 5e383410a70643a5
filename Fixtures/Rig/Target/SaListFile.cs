// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>
/// What a profile's <c>list-sas</c> prints: <c>{ "ike_sas": [ { "initiator_cookie", "responder_cookie", "is_initiator", "is_established" } ],
/// "child_sas": [ { "child", "inbound_spi", "outbound_spi", "packets_in", "packets_out" } ] }</c>, cookies and SPIs in hexadecimal, inbound and
/// initiator as the device sees them.
/// </summary>
public static class SaListFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Reads it.</summary>
    /// <param name="text">What was printed.</param>
    /// <exception cref="EnvironmentException">It is something else.</exception>
    public static PeerSas Read(string text)
    {
        try
        {
            var list = JsonSerializer.Deserialize<Listing>(text, Json) ?? throw new JsonException("null is no list");
            return new(
                [.. list.IkeSas.Select(sa => new PeerIkeSa(new Cookie(Hex(sa.InitiatorCookie)), new Cookie(Hex(sa.ResponderCookie)), sa.IsInitiator, sa.IsEstablished))],
                [.. list.ChildSas.Select(pair => new PeerChildSa(pair.Child, (uint)Hex(pair.InboundSpi), (uint)Hex(pair.OutboundSpi), pair.PacketsIn, pair.PacketsOut))]);
        }
        catch (Exception error) when (error is JsonException or FormatException or OverflowException)
        {
            throw new EnvironmentException($"the command to list the device's SAs printed no list: {error.Message}", error);
        }
    }

    private static ulong Hex(string digits) => ulong.Parse(digits.StartsWith("0x", StringComparison.Ordinal) ? digits.AsSpan(2) : digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private sealed record Listing(ImmutableArray<ListedIke> IkeSas, ImmutableArray<ListedChild> ChildSas);

    private sealed record ListedIke(string InitiatorCookie, string ResponderCookie, bool IsInitiator, bool IsEstablished);

    private sealed record ListedChild(string InboundSpi, string OutboundSpi, string Child = "", long PacketsIn = 0, long PacketsOut = 0);
}
