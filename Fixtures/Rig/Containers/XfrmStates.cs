// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>Reads what <c>ip xfrm state</c> prints: the kernel's SA database with its keys.</summary>
internal static partial class XfrmStates
{
    /// <summary>The SAs of one pair of outer addresses, larval ones left out.</summary>
    /// <param name="text">What ip printed.</param>
    /// <param name="remote">The other side's outer address.</param>
    public static ImmutableArray<PeerSaKeys> Read(string text, IPAddress remote) =>
    [
        .. Blocks(text).Select(Parse).OfType<PeerSaKeys>().Where(sa => sa.Source.Equals(remote) || sa.Destination.Equals(remote)),
    ];

    private static IEnumerable<string> Blocks(string text)
    {
        var starts = Start().Matches(text).Select(match => match.Index).Append(text.Length).ToArray();
        return starts.Zip(starts.Skip(1), (from, to) => text[from..to]);
    }

    private static PeerSaKeys? Parse(string block)
    {
        var start = Start().Match(block);
        // An SPI that is only reserved has no keys yet.
        if (Identity().Match(block) is not { Success: true } identity || Key().Matches(block) is not { Count: > 0 } keys)
        {
            return null;
        }

        var aead = keys.FirstOrDefault(key => key.Groups["kind"].Value == "aead");
        var cipher = keys.FirstOrDefault(key => key.Groups["kind"].Value == "enc");
        // The kernel prints a truncated algorithm twice where the truncation is the usual one.
        var integrity = keys.FirstOrDefault(key => key.Groups["kind"].Value == "auth-trunc") ?? keys.FirstOrDefault(key => key.Groups["kind"].Value == "auth");
        var udp = Udp().Match(block);
        return new PeerSaKeys
        {
            Source = IPAddress.Parse(start.Groups["source"].ValueSpan),
            Destination = IPAddress.Parse(start.Groups["destination"].ValueSpan),
            Protocol = identity.Groups["protocol"].Value == "ah" ? IpProtocol.Ah : IpProtocol.Esp,
            Spi = uint.Parse(identity.Groups["spi"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            Mode = identity.Groups["mode"].Value == "transport" ? SaMode.Transport : SaMode.Tunnel,
            EncryptionKey = Octets(aead ?? cipher),
            IntegrityKey = Octets(integrity),
            IcvBits = int.TryParse((aead ?? integrity)?.Groups["icv"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) ? bits : 0,
            Udp = udp.Success ? (Port(udp.Groups["source"]), Port(udp.Groups["destination"])) : null,
            HasExtendedSequenceNumbers = Flags().Match(block) is { Success: true } flags && flags.Groups["flags"].Value.Split(' ').Contains("esn"),
        };
    }

    private static byte[] Octets(Match? key) => key is null ? [] : Convert.FromHexString(key.Groups["key"].Value);

    private static ushort Port(Group group) => ushort.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^src (?<source>\S+) dst (?<destination>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Start();

    [GeneratedRegex(@"^\s+proto (?<protocol>esp|ah) spi 0x(?<spi>[0-9a-f]+).* mode (?<mode>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Identity();

    /// <summary>For example <c>auth-trunc hmac(sha256) 0x1122 (16 bits) 128</c>; the null cipher has an empty key.</summary>
    [GeneratedRegex(@"^\s+(?<kind>aead|auth-trunc|auth|enc) \S+ (0x)?(?<key>[0-9a-f]*) ?(\(\d+ bits\))?( (?<icv>\d+))?", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\s+encap type espinudp sport (?<source>\d+) dport (?<destination>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Udp();

    [GeneratedRegex(@"^\s+replay-window .* flag (?<flags>[^(\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Flags();
}
