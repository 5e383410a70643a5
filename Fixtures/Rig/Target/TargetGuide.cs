// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text;
using Ipsec.Fixtures.Rig.Libreswan;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.StrongSwan;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>What to configure on a device so that it is as its profile says: in words, as swanctl.conf and as ipsec.conf.</summary>
public static class TargetGuide
{
    private const string Unknown = "ADDRESS-OF-THE-DEVICE";

    /// <summary>Writes the guide.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="target">The device's address; null when it is not known yet.</param>
    public static string Write(TargetProfile profile, IPAddress? target)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var policy = TargetPolicies.Configured(profile, target ?? IPAddress.None);
        var text = new StringBuilder();
        WriteWords(text, profile, target?.ToString() ?? Unknown);
        WriteFile(text, "swanctl.conf (strongSwan: swanctl --load-all)", () => SwanctlRenderer.Render(policy, policy.Name).Files[0].Text);
        WriteFile(text, "ipsec.conf (Libreswan: ipsec auto --add NAME)", () => IpsecConfRenderer.Render(policy, policy.Name).Configuration);
        WriteFile(text, "ipsec.secrets", () => IpsecConfRenderer.Render(policy, policy.Name).Secrets);
        return target is null ? text.ToString().Replace(IPAddress.None.ToString(), Unknown, StringComparison.Ordinal) : text.ToString();
    }

    private static void WriteWords(StringBuilder text, TargetProfile profile, string target)
    {
        Line($"# {profile.Name}: what to configure on the device");
        Line($"");
        Line($"The device is at {target}, its peer (this host) at {profile.OurAddress}.");
        Line($"It {Roles(profile)}, with IKE version {string.Join(" and ", profile.IkeVersions)}.");
        Line($"");
        Line($"- Authentication: pre-shared key \"{profile.PreSharedKey}\". Throw it away afterwards: it stands in evidence.");
        Line($"- Its identity: {Text(profile.ItsIdentity)}. Demanded of us: {Text(profile.OurIdentity)}.");
        Line($"- Phase 1: {string.Join(" or ", profile.Modes.Select(mode => $"{mode}".ToLowerInvariant()))} mode; cipher, hash and group, in this order of preference:");
        foreach (var suite in profile.Phase1)
        {
            Line($"    {suite}, lifetime {suite.LifetimeSeconds} s");
        }

        Line($"- Phase 2: {profile.Encapsulation.ToString().ToLowerInvariant()} mode, {(profile.Pfs is { } pfs ? $"perfect forward secrecy in {pfs.Name}" : "no perfect forward secrecy")}:");
        foreach (var suite in profile.Phase2)
        {
            Line($"    {suite}, lifetime {profile.ChildSeconds} s");
        }

        foreach (var child in profile.Networks)
        {
            Line($"- Traffic \"{child.Name}\": its {child.Networks.East} with our {child.Networks.West}. {child.Networks.EastHost} must answer echo requests from {child.Networks.WestHost}.");
        }

        Line($"- NAT traversal: {profile.NatTraversal.ToString().ToLowerInvariant()}.");
        Line($"- Off: dead peer detection, extended authentication, mode config, certificates, starting by itself or again.");
        Line($"- Several IKE SAs with the same peer stay side by side; a new one ends no older one.");
        Line($"- No limit on half-open IKE SAs of one address: some scenarios leave one behind.");
        Line($"- A single peer at {profile.OurAddress}: all scenarios come from there, one after the other.");
        if (!profile.CanInitiate)
        {
            Line($"- Scenarios in which the device starts are unsupported: the profile does not name it an initiator.");
        }

        if (profile.Commands.ListSas is null)
        {
            Line($"- Its SAs are shown to nobody: the wire and our own state judge, and claims that rest on them alone are unsupported.");
        }

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static void WriteFile(StringBuilder text, string title, Func<string> render)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n# {title}\n\n");
        try
        {
            text.Append(render());
        }
        catch (UnsupportedException reason)
        {
            text.Append(CultureInfo.InvariantCulture, $"# cannot be written: {reason.Message}\n");
        }
    }

    private static string Roles(TargetProfile profile) => (profile.CanRespond, profile.CanInitiate) switch
    {
        (true, true) => "answers who starts, and starts when it is told to",
        (true, false) => "answers who starts",
        _ => "starts when it is told to",
    };

    private static string Text(PeerIdentity identity) => $"{identity.Type} {identity}";
}
