// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Capture;
using Ipsec.Fixtures.Rig.Parties;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>
/// What all peers in containers share in one run: the engine, the network, west's addresses on it and the capture. Made
/// for the first peer that comes up, taken down with the last.
/// </summary>
internal sealed class OuterLink
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static OuterLink? s_current;

    private readonly OuterNetwork _network;
    private int _users;

    private OuterLink(ContainerEngine engine, OuterNetwork network, BridgeCapture capture)
    {
        Engine = engine;
        _network = network;
        Capture = capture;
    }

    /// <summary>The engine.</summary>
    public ContainerEngine Engine { get; }

    /// <summary>The network.</summary>
    public OuterNetwork Network => _network;

    /// <summary>West's addresses.</summary>
    public AliasPool Aliases { get; } = new();

    /// <summary>What crosses the network.</summary>
    public BridgeCapture Capture { get; }

    /// <summary>Makes the link, or joins those who use it already.</summary>
    /// <param name="say">Is told what takes long.</param>
    /// <param name="cancellation">The user ends the run.</param>
    /// <exception cref="PeerUnavailableException">It cannot be made here.</exception>
    public static async Task<OuterLink> JoinAsync(Action<string> say, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            s_current ??= await MakeAsync(say, cancellation);
            s_current._users++;
            return s_current;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Leaves the link; the last one takes it down.</summary>
    public async Task LeaveAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (--_users == 0)
            {
                s_current = null;
                Capture.Dispose();
                await _network.DisposeAsync();
                Engine.Dispose();
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Makes a peer the eastern party of a picture. Its disposal takes everything of it out of the daemon.</summary>
    /// <param name="addresses">Who has which address, with a number that was reserved.</param>
    /// <param name="east">The peer's side.</param>
    /// <typeparam name="T">Of that side.</typeparam>
    /// <returns>The party.</returns>
    public PeerParty Party<T>(BedAddresses addresses, T east)
        where T : IEastSide, IAsyncDisposable => new(addresses, east, OuterNetwork.Bridge, time => Capture.LastSenderTo(addresses.East, time), async () =>
        {
            try
            {
                await east.DisposeAsync();
            }
            finally
            {
                Aliases.Free(addresses.Number);
            }
        });

    private static async Task<OuterLink> MakeAsync(Action<string> say, CancellationToken cancellation)
    {
        HostRights.Demand();
        ReservePoolThreads();
        BridgeCapture.DemandLibrary();
        var engine = await ContainerEngine.ConnectAsync(cancellation);
        OuterNetwork? network = null;
        try
        {
            await Sweep.RunAsync(engine.Api, say, cancellation);
            network = await OuterNetwork.CreateAsync(engine.Api, cancellation);
            return new OuterLink(engine, network, new BridgeCapture(OuterNetwork.Bridge));
        }
        catch
        {
            if (network is not null)
            {
                await network.DisposeAsync();
            }

            engine.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Scenarios wait by blocking, and packets are received on the thread pool. With one thread a processor, a few waiting
    /// scenarios would hold all of them, and a packet would lie for a second until the pool adds one: long enough for a
    /// retransmission that no peer has caused.
    /// </summary>
    internal static void ReservePoolThreads()
    {
        const int enough = 128;
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, enough), completions);
    }
}
