// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>strongSwan in a container on this host.</summary>
public sealed class StrongSwanDriver : IPeerDriver
{
    /// <summary>What users and results call it.</summary>
    public const string PeerName = "strongswan";

    private static readonly IPAddress Address = new([198, 51, 100, 2]);

    /// <inheritdoc/>
    public string Name => PeerName;

    /// <inheritdoc/>
    public bool NeedsContainer => true;

    /// <inheritdoc/>
    public async Task<PeerStart> StartAsync(PeerStartRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var link = await OuterLink.JoinAsync(request.Say, request.Cancellation);
            try
            {
                return new PeerStart.Ready(await StartAsync(link, request));
            }
            catch
            {
                await link.LeaveAsync();
                throw;
            }
        }
        catch (PeerUnavailableException error)
        {
            return error.ToStart();
        }
        catch (Exception error) when (error is EnvironmentException or HttpRequestException)
        {
            return new PeerStart.Unavailable(error.Message, Remedy: null);
        }
    }

    private static async Task<StrongSwanPeer> StartAsync(OuterLink link, PeerStartRequest request)
    {
        var image = await ImageBuilder.EnsureAsync(link.Engine, PeerName, request);
        var container = await PeerContainer.StartAsync(link.Engine.Api, PeerName, image, link.Network, Address, request.Cancellation);
        try
        {
            return new StrongSwanPeer(link, container, await StrongSwanControl.ConnectAsync(container, request.Cancellation));
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }
}
