// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>A peer of containers on this host's outer network.</summary>
/// <param name="name">What users and results call it.</param>
public abstract class OuterPeerDriver(string name) : IPeerDriver
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public bool NeedsContainer => true;

    /// <inheritdoc/>
    public virtual bool IsByNameOnly => false;

    /// <inheritdoc/>
    public virtual bool Takes(ScenarioTags tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return !tags.Has(PeerAbilities.Misbehaves);
    }

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

    /// <summary>Starts what the peer is made of. The link is left when that fails.</summary>
    private protected abstract Task<IPeer> StartAsync(OuterLink link, PeerStartRequest request);
}
