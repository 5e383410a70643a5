// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>Removes what killed runs left behind: only what carries the suite's label and whose process is gone.</summary>
internal static class Sweep
{
    /// <summary>Sweeps containers first, then networks, which cannot go while a container is attached.</summary>
    /// <param name="api">The engine.</param>
    /// <param name="say">Is told what goes.</param>
    /// <param name="cancellation">The user ends the run.</param>
    public static async Task RunAsync(EngineApi api, Action<string> say, CancellationToken cancellation)
    {
        foreach (var container in await api.ContainersAsync(cancellation))
        {
            if (IsLeftBehind(container))
            {
                say($"removing container {container.Name}, left by an earlier run");
                await api.RemoveContainerAsync(container.Id, cancellation);
            }
        }

        foreach (var network in await api.NetworksAsync(cancellation))
        {
            if (IsLeftBehind(network))
            {
                say($"removing network {network.Name}, left by an earlier run");
                await api.RemoveNetworkAsync(network.Id, cancellation);
            }
        }
    }

    private static bool IsLeftBehind(EngineObject item) => item.IsOfSuite && item.Owner is { IsAlive: false };
}
