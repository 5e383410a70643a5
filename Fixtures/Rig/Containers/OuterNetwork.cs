// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;
using Ipsec.Fixtures.Rig.Beds;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>The network between west, which is this host, and the peers in containers.</summary>
internal sealed class OuterNetwork : IAsyncDisposable
{
    /// <summary>Name of the network and of its bridge on this host.</summary>
    public const string Bridge = "conf-outer";

    private const string Ethtool = "/usr/sbin/ethtool";
    private readonly EngineApi _api;

    private OuterNetwork(EngineApi api, INetwork network, string id)
    {
        _api = api;
        Network = network;
        Id = id;
    }

    /// <summary>This host's own address: where control connections come from.</summary>
    public static IPAddress HostAddress { get; } = new([198, 51, 100, 1]);

    /// <summary>The network as Testcontainers has it.</summary>
    public INetwork Network { get; }

    private string Id { get; }

    /// <summary>Makes the network.</summary>
    /// <param name="api">The engine.</param>
    /// <param name="cancellation">The user ends the run.</param>
    /// <exception cref="PeerUnavailableException">Its addresses are in use.</exception>
    public static async Task<OuterNetwork> CreateAsync(EngineApi api, CancellationToken cancellation)
    {
        foreach (var other in await api.NetworksAsync(cancellation))
        {
            if (other.Name == Bridge || other.Subnets.Contains(BedAddresses.OuterNetwork))
            {
                throw InUse(other);
            }
        }

        var network = new NetworkBuilder()
            .WithName(Bridge)
            .WithLabel(Ownership.Labels)
            .WithOption("com.docker.network.bridge.name", Bridge)
            .WithCreateParameterModifier(parameters =>
            {
                parameters.IPAM = new IPAM { Config = [new IPAMConfig { Subnet = BedAddresses.OuterNetwork, Gateway = HostAddress.ToString() }] };
                // Nothing of a scenario is to leave this machine.
                parameters.Internal = true;
            })
            .WithLogger(NullLogger.Instance)
            .WithCleanUp(false)
            .Build();
        try
        {
            await network.CreateAsync(cancellation);
        }
        catch (DockerApiException error)
        {
            throw new PeerUnavailableException($"the network {BedAddresses.OuterNetwork} cannot be made: {error.Message}", remedy: null, error);
        }

        var made = (await api.NetworksAsync(cancellation)).Single(item => item.Name == Bridge);
        if (File.Exists(Ethtool))
        {
            // Otherwise frames that this host sends stand in a capture with empty checksums. Some devices cannot change it.
            await ChildProcess.RunAsync(Ethtool, ["-K", Bridge, "tx", "off", "gso", "off"], cancellation);
        }

        return new OuterNetwork(api, network, made.Id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _api.RemoveNetworkAsync(Id, CancellationToken.None);

    private static PeerUnavailableException InUse(EngineObject network) => network switch
    {
        { IsOfSuite: true, Owner: { } owner } => new(
            $"another run of the suite (process {owner.ProcessId}) uses {BedAddresses.OuterNetwork}", "wait until it has ended"),
        _ => new($"the container network '{network.Name}' has {BedAddresses.OuterNetwork}", $"docker network rm {network.Name}"),
    };
}
