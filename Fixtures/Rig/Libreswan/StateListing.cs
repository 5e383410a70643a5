// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>Reads what <c>whack --showstates</c> prints: a line for each state, and one more for the SPIs of each IPsec SA.</summary>
internal static partial class StateListing
{
    /// <summary>The SAs of one scenario.</summary>
    /// <param name="text">What whack printed.</param>
    /// <param name="connection">The scenario's name, with which those of its connections begin.</param>
    /// <param name="notes">What the log tells besides.</param>
    /// <param name="sides">The outer addresses on pluto's side and on the other.</param>
    public static PeerSas Read(string text, string connection, PlutoNotes notes, (IPAddress Local, IPAddress Remote) sides)
    {
        var states = States(text, connection).ToArray();
        var spis = Spis().Matches(text).ToLookup(match => Number(match.Groups["number"]));
        return new PeerSas(
            [.. states.Where(state => !state.IsChild).Select(state => IkeSa(state, notes.Of(state.Number), sides))],
            [.. states.Where(state => state is { IsChild: true, IsEstablished: true }).OrderBy(state => state.Number)
                .SelectMany(state => spis[state.Number].Select(match => ChildSa(state, match, notes.Of(state.Number), sides.Local)))]);
    }

    /// <summary>The states of one scenario, as far as others must know them.</summary>
    /// <param name="text">What whack printed.</param>
    /// <param name="connection">The scenario's name.</param>
    public static IEnumerable<PlutoState> States(string text, string connection) => StateLine().Matches(text)
        .Select(match => new PlutoState(
            Number(match.Groups["number"]),
            match.Groups["name"].Value,
            match.Groups["state"].Value,
            match.Groups["story"].Value.Contains("established", StringComparison.Ordinal),
            match.Groups["rest"].Value,
            ushort.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture)))
        .Where(state => state.Connection.StartsWith(connection + "-", StringComparison.Ordinal));

    private static PeerIkeSa IkeSa(PlutoState state, PlutoNote note, (IPAddress Local, IPAddress Remote) sides) => new(
        note.InitiatorCookie ?? default, note.ResponderCookie ?? default, state.IsInitiator, state.IsEstablished)
    {
        Encryption = note.Encryption,
        Hash = note.Hash,
        Group = note.Group,
        Remote = new IPEndPoint(sides.Remote, state.RemotePort),
        RemoteUser = note.RemoteUser,
        AssignedAddresses = note.AssignedAddress is { } address ? [IPAddress.Parse(address)] : [],
        SecondsToRekey = state.SecondsTo("REPLACE"),
    };

    private static PeerChildSa ChildSa(PlutoState state, Match spis, PlutoNote note, IPAddress local)
    {
        var isFirstInbound = spis.Groups["address"].Value == local.ToString();
        var (first, second) = (Spi(spis.Groups["first"]), Spi(spis.Groups["second"]));
        return new(
            state.Connection[(state.Connection.LastIndexOf('-') + 1)..], isFirstInbound ? first : second, isFirstInbound ? second : first, PacketsIn: 0, PacketsOut: 0)
        {
            Protocol = note.IsAh ? IpProtocol.Ah : IpProtocol.Esp,
            Mode = note.IsTransport ? SaMode.Transport : SaMode.Tunnel,
            IsUdpEncapsulated = note.IsUdpEncapsulated,
            Encryption = note.IsAh ? null : note.Encryption,
            Integrity = note.Integrity,
            SecondsToRekey = state.SecondsTo("REPLACE"),
            SecondsToEnd = state.SecondsTo("EXPIRE") ?? state.SecondsTo("REPLACE"),
            IsReplaced = !state.Rest.Contains("newest", StringComparison.Ordinal),
        };
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static uint Spi(Group group) => uint.Parse(group.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>For example <c>000 #5: "conn":500 STATE_MAIN_I4 (IKE SA established); REPLACE in 27767s; newest; ...</c>.</summary>
    [GeneratedRegex(@"^\d+ #(?<number>\d+): ""(?<name>[^""]+)""(\[\d+\])?( [\d.]+)?:(?<port>\d+) STATE_(?<state>\w+) \((?<story>.*?)\);(?<rest>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex StateLine();

    /// <summary>For example <c>000 #7: "conn" esp.d88531c1@198.51.100.10 esp.65c05953@198.51.100.3 tun.0@... Traffic: ...</c>.</summary>
    [GeneratedRegex(@"^\d+ #(?<number>\d+): ""[^""]+""(\[\d+\])?( [\d.]+)? (esp|ah)\.(?<first>[0-9a-f]+)@(?<address>\S+) (esp|ah)\.(?<second>[0-9a-f]+)@", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Spis();
}
