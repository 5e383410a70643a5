// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>West's addresses on the bridge: one for each scenario, so that scenarios run side by side.</summary>
internal sealed class AliasPool
{
    /// <summary>Used in turn, so that a number rests as long as possible before a peer sees its address again.</summary>
    private readonly ConcurrentQueue<byte> _numbers = new(Enumerable.Range(BedAddresses.First, BedAddresses.Last - BedAddresses.First + 1).Select(number => (byte)number));

    /// <summary>Takes a number and gives this host its address.</summary>
    /// <param name="cancellation">The user ends the run.</param>
    /// <returns>The number.</returns>
    /// <exception cref="EnvironmentException">None is left, or the host refuses.</exception>
    public async Task<byte> TakeAsync(CancellationToken cancellation)
    {
        var number = Reserve();
        try
        {
            // An address that a killed run left is taken over.
            await ChangeAsync("replace", number, cancellation);
            return number;
        }
        catch
        {
            _numbers.Enqueue(number);
            throw;
        }
    }

    /// <summary>Takes the address from this host and gives the number back.</summary>
    public async Task ReturnAsync(byte number)
    {
        await ChangeAsync("del", number, CancellationToken.None);
        _numbers.Enqueue(number);
    }

    /// <summary>Takes a number whose address somebody else than this host will have.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="EnvironmentException">None is left.</exception>
    public byte Reserve() => _numbers.TryDequeue(out var number)
        ? number
        : throw new EnvironmentException($"more than {BedAddresses.Last - BedAddresses.First + 1} scenarios at a time: no address is left for west");

    /// <summary>Gives a number back that was reserved.</summary>
    /// <param name="number">The number.</param>
    public void Free(byte number) => _numbers.Enqueue(number);

    private static async Task ChangeAsync(string action, byte number, CancellationToken cancellation)
    {
        var (status, output) = await ChildProcess.RunAsync("ip", ["addr", action, $"198.51.100.{number}/32", "dev", OuterNetwork.Bridge], cancellation);
        if (status != 0)
        {
            throw new EnvironmentException($"ip addr {action} 198.51.100.{number}/32 dev {OuterNetwork.Bridge}: {output}");
        }
    }
}
