// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Sa;

namespace Ipsec.Esp;

/// <summary>The integrity algorithm of one AH SA with its key set up (RFC 4302 section 3.3.3). For one thread at a time.</summary>
internal sealed class AhCipher(AhSaParameters parameters) : IDisposable
{
    private readonly IIntegrity _integrity = parameters.IntegrityAlgorithm.Create(parameters.IntegrityKey.Span);
    private readonly bool _extended = parameters.ExtendedSequenceNumbers;

    /// <summary>The ICV over a packet whose mutable fields and ICV are zero.</summary>
    public void Compute(ulong sequenceNumber, ReadOnlySpan<byte> packet, ReadOnlySpan<byte> iv, Span<byte> icv)
    {
        Span<byte> scratch = stackalloc byte[sizeof(uint)];
        _integrity.Compute(iv, packet, ImplicitTail(sequenceNumber, scratch), icv);
    }

    public bool IsRight(ulong sequenceNumber, ReadOnlySpan<byte> packet, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> icv)
    {
        Span<byte> scratch = stackalloc byte[sizeof(uint)];
        return _integrity.Verify(iv, packet, ImplicitTail(sequenceNumber, scratch), icv);
    }

    public void Dispose() => _integrity.Dispose();

    // The high half of an extended number comes behind the payload, and is not sent (RFC 4302 section 3.3.3.2.2).
    private ReadOnlySpan<byte> ImplicitTail(ulong sequenceNumber, Span<byte> scratch)
    {
        if (!_extended)
        {
            return [];
        }

        BinaryPrimitives.WriteUInt32BigEndian(scratch, (uint)(sequenceNumber >> 32));
        return scratch;
    }
}
