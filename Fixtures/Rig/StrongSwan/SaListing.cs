// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Ipsec.Fixtures.Rig.Beds;
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
        ReadCookie(sa.Text("initiator-spi")), ReadCookie(sa.Text("responder-spi")), sa.Text("initiator") == "yes", sa.Text("state") == "ESTABLISHED");

    private static bool IsUsable(ConfigSection child) => UsableStates.Contains(child.Text("state") ?? "");

    private static PeerChildSa ChildSa(ConfigSection child) => new(
        Demand(child, "name"), Spi(Demand(child, "spi-in")), Spi(Demand(child, "spi-out")), Count(child.Text("packets-in")), Count(child.Text("packets-out")));

    private static Cookie ReadCookie(string? hex) =>
        new(hex is null ? 0 : ulong.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    private static uint Spi(string hex) => uint.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static long Count(string? number) => number is null ? 0 : long.Parse(number, CultureInfo.InvariantCulture);

    private static string Demand(ConfigSection section, string name) =>
        section.Text(name) ?? throw new FormatException($"list-sas: '{section.Name}' has no {name}");
}
