// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>
/// What an SA has carried so far. Bytes are those the cipher worked on, padding included (RFC 4301 section 4.4.2.1 (a)).
/// Counters only grow; they may be read while packets pass.
/// </summary>
public sealed class SaUsage
{
    private long _packets;
    private long _bytes;

    /// <summary>Packets protected or accepted.</summary>
    public long Packets => Interlocked.Read(ref _packets);

    /// <summary>Bytes enciphered or deciphered for them.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Counts one packet.</summary>
    /// <param name="bytes">Bytes the cipher worked on.</param>
    public void Count(int bytes)
    {
        Interlocked.Increment(ref _packets);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>Both counters.</summary>
    /// <returns>For example "3 packets, 288 bytes".</returns>
    public override string ToString() => $"{Packets} packets, {Bytes} bytes";
}
