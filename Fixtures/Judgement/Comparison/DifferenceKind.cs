// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What two peers do differently. The order is that of sections in every report.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DifferenceKind>))]
public enum DifferenceKind
{
    /// <summary>The scenario's verdict.</summary>
    [JsonStringEnumMemberName("verdict")]
    Verdict,

    /// <summary>Which exchanges there are, how many messages they take, what is encrypted, in pieces, or on another port.</summary>
    [JsonStringEnumMemberName("exchange-shape")]
    ExchangeShape,

    /// <summary>The suites that are offered or chosen, and how their attributes are laid out.</summary>
    [JsonStringEnumMemberName("proposals")]
    Proposals,

    /// <summary>The order of payloads within a message.</summary>
    [JsonStringEnumMemberName("payload-order")]
    PayloadOrder,

    /// <summary>What payloads say: types of identities and certificates, sizes of nonces, attributes of mode config.</summary>
    [JsonStringEnumMemberName("payload-content")]
    PayloadContent,

    /// <summary>Notifications and deletions that are sent.</summary>
    [JsonStringEnumMemberName("notifications")]
    Notifications,

    /// <summary>Vendor IDs.</summary>
    [JsonStringEnumMemberName("vendor-ids")]
    VendorIds,

    /// <summary>The intervals at which an unanswered message is repeated.</summary>
    [JsonStringEnumMemberName("timers")]
    Timers,

    /// <summary>What follows a message of ours: the exchange goes on, an error is told, in clear or protected, SAs are deleted, or nothing.</summary>
    [JsonStringEnumMemberName("reactions")]
    Reactions,
}
