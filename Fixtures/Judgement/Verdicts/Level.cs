// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>How strongly RFC 2119 words bind a clause. MUST NOT counts as <see cref="Must"/>, SHOULD NOT as <see cref="Should"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Level>))]
public enum Level
{
    /// <summary>MUST, MUST NOT, SHALL, or a layout and formula that leaves no choice.</summary>
    [JsonStringEnumMemberName("must")]
    Must,

    /// <summary>SHOULD, SHOULD NOT, RECOMMENDED.</summary>
    [JsonStringEnumMemberName("should")]
    Should,

    /// <summary>MAY: nothing can be broken, the behaviour is recorded.</summary>
    [JsonStringEnumMemberName("may")]
    May,
}
