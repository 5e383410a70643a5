// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Sa;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The keys that open a capture: the same that Wireshark is given.</summary>
/// <param name="Ike">Encryption keys of IKE SAs by initiator cookie.</param>
/// <param name="Esp">ESP SAs, one a direction.</param>
public sealed record WireKeys(ImmutableDictionary<Cookie, ReadOnlyMemory<byte>> Ike, ImmutableArray<EspSaParameters> Esp)
{
    /// <summary>AH SAs, one a direction.</summary>
    public ImmutableArray<AhSaParameters> Ah { get; init; } = [];

    /// <summary>No keys.</summary>
    public static WireKeys None { get; } = new(ImmutableDictionary<Cookie, ReadOnlyMemory<byte>>.Empty, []);
}
