// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Transports.InMemory;

namespace Ipsec.Transports;

/// <summary>Decides what conditions do to one packet after the other. The same seed gives the same decisions.</summary>
/// <param name="random">Where they are drawn from.</param>
internal sealed class LinkWeather(IRandomSource random)
{
    private int _decided;

    /// <summary>Decides about the next packet.</summary>
    /// <param name="conditions">How bad the link is.</param>
    /// <param name="arrive">Called for each time the packet arrives, with the time it takes: not at all, once or twice.</param>
    public void Decide(LinkConditions conditions, Action<TimeSpan> arrive)
    {
        _decided++;
        if ((conditions.LosesEvery > 0 && _decided % conditions.LosesEvery == 0) || Chance(conditions.Loss))
        {
            return;
        }

        arrive(Delay(conditions));
        if (Chance(conditions.Duplication))
        {
            arrive(Delay(conditions));
        }
    }

    private TimeSpan Delay(LinkConditions conditions) =>
        conditions.Delay + (conditions.Jitter * NextFraction(conditions.Jitter > TimeSpan.Zero));

    private bool Chance(double share) => share > 0 && NextFraction(true) < share;

    private double NextFraction(bool needed)
    {
        if (!needed)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) / ((double)uint.MaxValue + 1);
    }
}
