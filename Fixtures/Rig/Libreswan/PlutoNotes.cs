// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>What pluto's log tells about a state, and its list of states does not: cookies, algorithms, users, addresses.</summary>
internal sealed partial class PlutoNotes
{
    private readonly ConcurrentDictionary<int, PlutoNote> _notes = new();

    /// <summary>The cookies of the header that pluto has read or written last.</summary>
    private (Cookie Initiator, Cookie Responder) _header;

    /// <summary>What is known of a state.</summary>
    /// <param name="number">Its number, which no other state has in pluto's life.</param>
    public PlutoNote Of(int number) => _notes.GetValueOrDefault(number, PlutoNote.Nothing);

    /// <summary>Takes a line of the log.</summary>
    public void Take(string line)
    {
        if (Cookies().Match(line) is { Success: true } cookies)
        {
            var octets = Convert.FromHexString(cookies.Groups["octets"].Value.Replace(" ", "", StringComparison.Ordinal));
            Change(cookies, note => note with { InitiatorCookie = ReadCookie(octets.AsSpan(0, 8)), ResponderCookie = ReadCookie(octets.AsSpan(8, 8)) });
        }
        else if (HeaderCookie().Match(line) is { Success: true } header)
        {
            var cookie = ReadCookie(Convert.FromHexString(header.Groups["octets"].Value.Replace(" ", "", StringComparison.Ordinal)));
            _header = header.Groups["side"].Value == "initiator" ? (cookie, default) : (_header.Initiator, cookie);
        }
        else if (_header.Responder != default && Transition().Match(line) is { Success: true } transition)
        {
            // From version 5 on no line says it in so many words: the state that goes on is the one whose message was read and answered.
            Change(transition, note => note with { InitiatorCookie = _header.Initiator, ResponderCookie = _header.Responder });
        }
        else if (IkeSuite().Match(line) is { Success: true } suite)
        {
            Change(suite, note => note with
            {
                Encryption = LibreswanNames.Encryption(suite.Groups["cipher"].Value),
                Hash = LibreswanNames.Hash(suite.Groups["hash"].Value),
                Group = LibreswanNames.Group(suite.Groups["group"].Value),
            });
        }
        else if (IpsecSuite().Match(line) is { Success: true } ipsec)
        {
            var parts = ipsec.Groups["suite"].Value.Split('-');
            Change(ipsec, note => note with
            {
                IsAh = ipsec.Groups["protocol"].Value.StartsWith("AH", StringComparison.Ordinal),
                IsUdpEncapsulated = ipsec.Groups["protocol"].Value.StartsWith("ESPinUDP", StringComparison.Ordinal),
                IsTransport = ipsec.Groups["mode"].Value == "transport",
                Encryption = LibreswanNames.Encryption(parts[0]),
                Integrity = LibreswanNames.Integrity(parts[^1]),
            });
        }
        else if (User().Match(line) is { Success: true } user)
        {
            Change(user, note => note with { RemoteUser = user.Groups["user"].Value });
        }
        else if (Assigned().Match(line) is { Success: true } assigned)
        {
            Change(assigned, note => note with { AssignedAddress = assigned.Groups["address"].Value });
        }
    }

    private static Cookie ReadCookie(ReadOnlySpan<byte> octets) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(octets));

    private void Change(Match match, Func<PlutoNote, PlutoNote> change)
    {
        var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        _notes.AddOrUpdate(number, _ => change(PlutoNote.Nothing), (_, note) => change(note));
    }

    /// <summary>For example <c>| entry state hash_table_entries.ike_spis@0x55 "conn" #1: 70 c3 ... 56 added to hash table</c>.</summary>
    [GeneratedRegex(@"ike_spis@\S+ ""[^""]+""\S*( \S+)? #(?<number>\d+): (?<octets>([0-9a-f]{2} +){16})added", RegexOptions.ExplicitCapture)]
    private static partial Regex Cookies();

    /// <summary>For example <c>|    initiator SPI: 70 c3 c6 05  08 de bb 39</c>.</summary>
    [GeneratedRegex(@": \| +(?<side>initiator|responder) SPI: (?<octets>([0-9a-f]{2} *){8})$", RegexOptions.ExplicitCapture)]
    private static partial Regex HeaderCookie();

    /// <summary>For example <c>| parent state #1: MAIN_R2(open IKE SA) => MAIN_R3(established IKE SA)</c>.</summary>
    [GeneratedRegex(@"parent state #(?<number>\d+): \w+\([^)]*\) => (MAIN|AGGR)_", RegexOptions.ExplicitCapture)]
    private static partial Regex Transition();

    /// <summary>For example <c>"conn" #1: IKE SA established {auth=PRESHARED_KEY cipher=AES_CBC_128 integ=HMAC_SHA2_256 group=DH19}</c>.</summary>
    [GeneratedRegex(@"#(?<number>\d+): .*\{auth=\S+ cipher=(?<cipher>\S+) (integ|prf|hash)=(?<hash>\S+) group=(?<group>[^}\s]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex IkeSuite();

    /// <summary>For example <c>"conn" #2: IPsec SA established tunnel mode {ESP=>0xe70f55f9 &lt;0x363568f6 xfrm=AES_GCM_16_128-NONE DPD=passive}</c>.</summary>
    [GeneratedRegex(@"#(?<number>\d+): IPsec SA established (?<mode>tunnel|transport) mode \{(?<protocol>\w+)\S*=>0x[0-9a-f]+ <0x[0-9a-f]+ xfrm=(?<suite>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex IpsecSuite();

    /// <summary>For example <c>"conn" #1: XAUTH: User someone: Authentication Successful</c>.</summary>
    [GeneratedRegex(@"#(?<number>\d+): XAUTH: User (?<user>\S+): Authentication Successful", RegexOptions.ExplicitCapture)]
    private static partial Regex User();

    /// <summary>Said by a client of mode config, or by its server.</summary>
    [GeneratedRegex(@"#(?<number>\d+): .*(Received IPv4 address:|assigned (address|IP)|sending.* address) ?'?(?<address>[\d.]+\d)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();
}
