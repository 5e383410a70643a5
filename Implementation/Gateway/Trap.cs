// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;

namespace Ipsec.Gateway;

/// <summary>A policy entry whose first packet makes IKE negotiate its SA (RFC 4301 section 5.1 step 3b), and the packets that wait for it.</summary>
internal sealed class Trap(SelectorPair? wanted, TrapLimits limits)
{
    private readonly Queue<byte[]> _waiting = [];
    private long _bytes;
    private DateTimeOffset _oldest;
    private DateTimeOffset _negotiatingUntil;
    private DateTimeOffset _restUntil;
    private bool _isSprung;

    /// <summary>The part of the entry's traffic that the SA is for; null for all of it.</summary>
    public SelectorPair? Wanted => wanted;

    /// <summary>Whether it holds nothing and nothing is under way for it.</summary>
    public bool IsIdle(DateTimeOffset now) => _waiting.Count == 0 && !_isSprung && now >= _restUntil;

    /// <summary>Keeps a packet, if there is room.</summary>
    public bool TryKeep(ReadOnlyMemory<byte> packet, DateTimeOffset now)
    {
        if (_waiting.Count >= limits.Packets || _bytes + packet.Length > limits.Bytes)
        {
            return false;
        }

        _oldest = _waiting.Count == 0 ? now : _oldest;
        _waiting.Enqueue(packet.ToArray());
        _bytes += packet.Length;
        return true;
    }

    /// <summary>Whether a negotiation is to be started now; from then on it is believed to be under way.</summary>
    public bool TrySpring(DateTimeOffset now)
    {
        if ((_isSprung && now < _negotiatingUntil) || now < _restUntil)
        {
            return false;
        }

        _isSprung = true;
        _negotiatingUntil = now + limits.Time;
        return true;
    }

    /// <summary>The SA is there: the packets may go.</summary>
    public IReadOnlyList<byte[]> Release()
    {
        _isSprung = false;
        byte[][] packets = [.. _waiting];
        _waiting.Clear();
        _bytes = 0;
        return packets;
    }

    /// <summary>A negotiation failed: if it was for this, the packets are given up, and the next one has to wait a while.</summary>
    /// <returns>How many packets were given up.</returns>
    public int Fail(DateTimeOffset now)
    {
        if (!_isSprung)
        {
            return 0;
        }

        _restUntil = now + limits.RetryAfter;
        return Release().Count;
    }

    /// <summary>Gives up packets for which no SA has come in time.</summary>
    /// <returns>How many packets were given up.</returns>
    public int Expire(DateTimeOffset now) => _waiting.Count > 0 && now - _oldest >= limits.Time ? Release().Count : 0;
}
