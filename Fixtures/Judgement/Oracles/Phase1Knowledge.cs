// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.Signatures;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What an observer must know beside the wire to recompute the proofs of phase 1 (RFC 2409 section 5).</summary>
public sealed record Phase1Knowledge
{
    /// <summary>The pre-shared key; empty where there is none. SKEYID is computed from it and the nonces.</summary>
    public ReadOnlyMemory<byte> PreSharedKey { get; init; }

    /// <summary>SKEYID, as one side tells it: with signatures it hangs on g^xy, which no observer has.</summary>
    public ReadOnlyMemory<byte> Skeyid { get; init; }

    /// <summary>
    /// The key pairs of the sides by their names: their private halves open what was encrypted with the public ones, and their public ones
    /// verify where no certificate crossed the wire.
    /// </summary>
    public ImmutableDictionary<string, SigningKey> Keys { get; init; } = ImmutableDictionary<string, SigningKey>.Empty;
}
