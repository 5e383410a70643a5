// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>A child that is to be negotiated when phase 1 is complete.</summary>
/// <param name="Child">Its name.</param>
/// <param name="Local">The part of the traffic on this side that is meant; null for all.</param>
/// <param name="Remote">The part of the traffic on the peer's side that is meant; null for all.</param>
internal sealed record WantedChild(string Child, IdentificationPayload? Local, IdentificationPayload? Remote);
