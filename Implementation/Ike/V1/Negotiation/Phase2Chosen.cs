// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>What a responder chose.</summary>
/// <param name="Child">The child whose policy allows it.</param>
/// <param name="Answer">The SA payload to answer with.</param>
/// <param name="Agreement">The same in our words.</param>
/// <param name="Notices">RESPONDER-LIFETIME notifications to go along.</param>
internal sealed record Phase2Chosen(ChildPolicy Child, SaPayload Answer, Phase2Agreement Agreement, ImmutableArray<NotificationPayload> Notices);
