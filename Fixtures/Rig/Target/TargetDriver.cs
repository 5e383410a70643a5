// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Capture;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>A device at an address, described by a profile. Nothing of it is started, configured or ended here.</summary>
/// <param name="address">Its address.</param>
/// <param name="profile">Its profile.</param>
public sealed class TargetDriver(IPAddress address, TargetProfile profile) : IPeerDriver
{
    /// <summary>What results call it.</summary>
    public const string PeerName = "target";

    /// <inheritdoc/>
    public string Name => PeerName;

    /// <inheritdoc/>
    public bool NeedsContainer => false;

    /// <inheritdoc/>
    public async Task<PeerStart> StartAsync(PeerStartRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            HostRights.Demand();
            OuterLink.ReservePoolThreads();
            BridgeCapture.DemandLibrary();
            var device = await TargetRoute.InterfaceAsync(address, profile.OurAddress, request.Cancellation);
            var peer = new TargetPeer(profile, address, new BridgeCapture(device));
            if (!profile.CanRespond || await peer.ProbeAsync(request.Cancellation) is not { } problem)
            {
                return new PeerStart.Ready(peer);
            }

            await peer.DisposeAsync();
            return new PeerStart.Unavailable(problem, "conformance target-guide --profile FILE says what to configure on the device");
        }
        catch (PeerUnavailableException error)
        {
            return error.ToStart();
        }
        catch (EnvironmentException error)
        {
            return new PeerStart.Unavailable(error.Message, Remedy: null);
        }
    }
}
