// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>Reads charon's answer to <c>list-sas</c>: one part for each IKE SA.</summary>
internal static class SaListing
{
    private static readonly ImmutableArray<string> UsableStates = ["INSTALLED", "UPDATING", "REKEYING", "REKEYED"];

    /// <summary>The SAs with one peer. A responder's half-open IKE SA has no connection yet, so the address tells whose it is.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="remote">The other side's outer address.</param>
    public static PeerSas Read(IEnumerable<ConfigSection> parts, IPAddress remote)
    {
        var sas = Of(parts, remote).ToArray();
        return new PeerSas([.. sas.Select(IkeSa)], [.. sas.SelectMany(sa => sa.Section("child-sas")?.Sections ?? []).Where(IsUsable).Select(ChildSa)]);
    }

    /// <summary>charon's own numbers of the IKE SAs with one peer.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="remote">The other side's outer address.</param>
    public static IEnumerable<string> UniqueIds(IEnumerable<ConfigSection> parts, IPAddress remote) => Of(parts, remote).Select(sa => Demand(sa, "uniqueid"));

    private static IEnumerable<ConfigSection> Of(IEnumerable<ConfigSection> parts, IPAddress remote)
    {
        var address = remote.ToString();
        return parts.SelectMany(part => part.Sections).Where(sa => sa.Text("remote-host") == address);
    }

    private static PeerIkeSa IkeSa(ConfigSection sa) => new(
        ReadCookie(sa.Text("initiator-spi")), ReadCookie(sa.Text("responder-spi")), sa.Text("initiator") == "yes", sa.Text("state") == "ESTABLISHED")
    {
        Encryption = StrongSwanNames.Encryption(sa.Text("encr-alg"), sa.Text("encr-keysize")),
        Hash = StrongSwanNames.Prf(sa.Text("prf-alg")),
        Group = StrongSwanNames.Group(sa.Text("dh-group")),
        Local = EndPoint(sa.Text("local-host"), sa.Text("local-port")),
        Remote = EndPoint(sa.Text("remote-host"), sa.Text("remote-port")),
        LocalIdentity = sa.Text("local-id"),
        RemoteIdentity = sa.Text("remote-id"),
        RemoteUser = sa.Text("remote-xauth-id"),
        IsBehindNat = sa.Text("nat-local") == "yes",
        IsRemoteBehindNat = sa.Text("nat-remote") == "yes",
        AssignedAddresses = [.. sa.List("local-vips").Concat(sa.List("remote-vips")).Select(IPAddress.Parse)],
        SecondsToRekey = Seconds(sa.Text("rekey-time")) ?? Seconds(sa.Text("reauth-time")),
    };

    private static bool IsUsable(ConfigSection child) => UsableStates.Contains(child.Text("state") ?? "");

    private static PeerChildSa ChildSa(ConfigSection child) => new(
        Demand(child, "name"), Spi(Demand(child, "spi-in")), Spi(Demand(child, "spi-out")), Count(child.Text("packets-in")), Count(child.Text("packets-out")))
    {
        Protocol = child.Text("protocol") == "AH" ? IpProtocol.Ah : IpProtocol.Esp,
        Mode = child.Text("mode") == "TRANSPORT" ? SaMode.Transport : SaMode.Tunnel,
        IsUdpEncapsulated = child.Text("encap") == "yes",
        Encryption = StrongSwanNames.Encryption(child.Text("encr-alg"), child.Text("encr-keysize")),
        Integrity = StrongSwanNames.Integrity(child.Text("integ-alg")),
        Pfs = StrongSwanNames.Group(child.Text("dh-group")),
        HasExtendedSequenceNumbers = child.Text("esn") == "1",
        BytesIn = Count(child.Text("bytes-in")),
        BytesOut = Count(child.Text("bytes-out")),
        SecondsToRekey = Seconds(child.Text("rekey-time")),
        SecondsToEnd = Seconds(child.Text("life-time")),
        IsReplaced = child.Text("state") == "REKEYED",
        LocalSelectors = child.List("local-ts"),
        RemoteSelectors = child.List("remote-ts"),
    };

    private static IPEndPoint? EndPoint(string? address, string? port) =>
        IPAddress.TryParse(address, out var parsed) && ushort.TryParse(port, CultureInfo.InvariantCulture, out var number) ? new IPEndPoint(parsed, number) : null;

    private static long? Seconds(string? number) => number is null ? null : long.Parse(number, CultureInfo.InvariantCulture);

    private static Cookie ReadCookie(string? hex) =>
        new(hex is null ? 0 : ulong.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    private static uint Spi(string hex) => uint.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static long Count(string? number) => number is null ? 0 : long.Parse(number, CultureInfo.InvariantCulture);

    private static string Demand(ConfigSection section, string name) =>
        section.Text(name) ?? throw new FormatException($"list-sas: '{section.Name}' has no {name}");
}
