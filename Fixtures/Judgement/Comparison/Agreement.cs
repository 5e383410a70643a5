// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Who of three, our gateway and two peers, comes to terms with whom.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Agreement>))]
public enum Agreement
{
    /// <summary>The two peers with each other, and neither with us: the fault is likely ours.</summary>
    OnlyPeers,

    /// <summary>Each peer with us, and not with the other: the fault is likely not ours.</summary>
    EachWithUs,

    /// <summary>The first peer with us, and the second with nobody.</summary>
    OnlyAWithUs,

    /// <summary>The second peer with us, and the first with nobody.</summary>
    OnlyBWithUs,

    /// <summary>All but the first peer and us.</summary>
    AllButAWithUs,

    /// <summary>All but the second peer and us.</summary>
    AllButBWithUs,

    /// <summary>Nobody with anybody.</summary>
    None,

    /// <summary>One of the three was not run, or cannot do it.</summary>
    Unknown,

    /// <summary>Everybody with everybody.</summary>
    All,
}
