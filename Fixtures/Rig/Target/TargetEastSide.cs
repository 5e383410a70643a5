// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>
/// A device that the suite does not control, within one scenario. It is configured already: a scenario that wants something else of it is
/// refused. What it can be made to do is what its profile has commands for.
/// </summary>
/// <param name="profile">What is known of it.</param>
/// <param name="target">Its address.</param>
/// <param name="earlier">What it may still list of earlier scenarios.</param>
internal sealed class TargetEastSide(TargetProfile profile, IPAddress target, EarlierScenarios earlier) : IEastSide
{
    private static readonly TimeSpan LooksAgain = TimeSpan.FromMilliseconds(200);

    private PeerPolicy? _policy;

    /// <inheritdoc/>
    public ImmutableArray<(string Name, string Text)> RenderedConfiguration => _policy is null ? [] : [("device-policy.txt", PeerPolicyText.Of(_policy))];

    /// <inheritdoc/>
    public Task ConfigureAsync(PeerPolicy policy)
    {
        if (!profile.IkeVersions.Contains(1))
        {
            throw new UnsupportedException("the device is not configured for IKEv1");
        }

        if (PolicyDifference.Of(policy, TargetPolicies.Configured(profile, target), profile.Modes) is { } difference)
        {
            throw new UnsupportedException(difference);
        }

        _policy = policy;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task InitiateIkeSaAsync() => OrderAsync("start phase 1", Initiates(profile.Commands.InitiateIke));

    /// <inheritdoc/>
    public Task InitiateChildAsync(string child) => OrderAsync("start quick mode", Initiates(profile.Commands.InitiateChild), child);

    /// <inheritdoc/>
    public Task RekeyChildAsync(string child) => OrderAsync("replace IPsec SAs", profile.Commands.RekeyChild, child);

    /// <inheritdoc/>
    public Task DeleteChildAsync(string child) => OrderAsync("delete IPsec SAs", profile.Commands.DeleteChild, child);

    /// <inheritdoc/>
    public Task DeleteIkeSaAsync() => OrderAsync("delete its IKE SA", profile.Commands.DeleteIke);

    /// <inheritdoc/>
    public Task RekeyIkeSaAsync() => OrderAsync("replace its IKE SA", profile.Commands.RekeyIke);

    /// <inheritdoc/>
    public Task PingAsync(IPAddress source, IPAddress destination, int count) => TargetShell.RunAsync(
        "have a host behind it ping",
        profile.Commands.Ping,
        ("source", $"{source}"),
        ("destination", $"{destination}"),
        ("count", count.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public async Task<PeerSas> ListSasAsync()
    {
        if (profile.Commands.ListSas is not { } command)
        {
            return PeerSas.Unknown;
        }

        var sas = SaListFile.Read(await TargetShell.RunAsync("list its SAs", command));
        return new(
            [.. sas.IkeSas.Where(sa => !earlier.HasCookie(sa.InitiatorCookie.Value))],
            [.. sas.ChildSas.Where(pair => !earlier.HasSpi(pair.OutboundSpi)).Select(pair => pair with { Child = NameOf(pair.Child) })]);
    }

    /// <summary>
    /// A device that shows its SAs to nobody gets the time that its profile grants it: the last message of an exchange is answered by
    /// nothing, and what comes behind it must not come before it has been dealt with.
    /// </summary>
    public async Task<PeerSas> WaitForSasAsync(Func<PeerSas, bool> condition, TimeSpan deadline)
    {
        if (profile.Commands.ListSas is null)
        {
            await Task.Delay(profile.Settle);
            return PeerSas.Unknown;
        }

        var watch = Stopwatch.StartNew();
        while (true)
        {
            var sas = await ListSasAsync();
            var left = deadline - watch.Elapsed;
            if (condition(sas) || left <= TimeSpan.Zero)
            {
                return sas;
            }

            await Task.Delay(left < LooksAgain ? left : LooksAgain);
        }
    }

    /// <inheritdoc/>
    public Task<string> ReadLogAsync() => Task.FromResult("The suite does not control this device, and has no log of it.\n");

    private string? Initiates(string? command) =>
        profile.CanInitiate ? command : throw new UnsupportedException("the profile does not have the device as an initiator");

    private Task<string> OrderAsync(string what, string? command, string? child = null) =>
        TargetShell.RunAsync(what, command, ("child", child is null ? profile.Networks[0].Name : ItsNameOf(child)));

    private string ItsNameOf(string child) => profile.Networks[Math.Max(0, ScenePolicy.Children.ToList().IndexOf(child))].Name;

    private string NameOf(string itsName)
    {
        var index = profile.Networks.ToList().FindIndex(child => child.Name == itsName);
        return index >= 0 && index < ScenePolicy.Children.Count ? ScenePolicy.Children[index] : itsName;
    }
}
