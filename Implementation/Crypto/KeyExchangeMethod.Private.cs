// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto;

/// <content>Groups that two peers agree on themselves (RFC 2409 sections 5.6 and 6).</content>
public sealed partial class KeyExchangeMethod
{
    /// <summary>The first number that a private group may have: 2^15 (RFC 2409 section 5.6).</summary>
    public const ushort FirstPrivateId = 0x8000;

    /// <summary>
    /// Makes a method of a private group of integers modulo a prime. Refused, with a reason: a number below
    /// <see cref="FirstPrivateId"/>; a modulus outside the given sizes or that is no safe prime, because then the order of
    /// the generator could not be known; a generator outside 1 &lt; g &lt; p-1.
    /// </summary>
    /// <param name="id">The group's number.</param>
    /// <param name="prime">The modulus, big endian.</param>
    /// <param name="generator">The generator, big endian.</param>
    /// <param name="fewestBits">Fewest bits of the modulus.</param>
    /// <param name="mostBits">Most bits of the modulus: what is looked at costs time.</param>
    /// <param name="method">The method, named after its number and the bits of its modulus.</param>
    /// <param name="problem">Why it was refused; empty when it was not.</param>
    /// <returns>Whether the group can be used.</returns>
    public static bool TryCreateModp(
        ushort id,
        ReadOnlySpan<byte> prime,
        ReadOnlySpan<byte> generator,
        int fewestBits,
        int mostBits,
        [NotNullWhen(true)] out KeyExchangeMethod? method,
        out string problem)
    {
        method = null;
        if (id < FirstPrivateId)
        {
            problem = $"the number {id} is below {FirstPrivateId}, where private groups begin";
            return false;
        }

        if (!PrivateModpGroup.TryCreate(prime, generator, fewestBits, mostBits, out ModpGroup? group, out problem))
        {
            return false;
        }

        method = new KeyExchangeMethod(group)
        {
            Name = $"PRIVATE-{id}-MODP-{group.Prime.BitLength}",
            Rfc = "RFC 2409",
            Id = id,
            PublicValueSize = group.ElementSize,
            SharedSecretSize = group.ElementSize,
        };
        return true;
    }
}
