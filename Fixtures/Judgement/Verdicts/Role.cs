// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The role of the judged side in the exchange.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>The scenario does not depend on who started.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The judged side starts.</summary>
    [JsonStringEnumMemberName("initiator")]
    Initiator,

    /// <summary>The judged side answers.</summary>
    [JsonStringEnumMemberName("responder")]
    Responder,
}
