// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Certificates;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>What one side contributes besides its proof, in clear.</summary>
/// <param name="PublicValue">Body of its KE payload.</param>
/// <param name="Nonce">Body of its nonce payload.</param>
/// <param name="Identity">What it calls itself; null when that comes later, or could not be decrypted.</param>
/// <param name="Certificate">The certificate that came with it (RFC 2409 section 5.3); null for none.</param>
internal sealed record AncillaryValues(
    ReadOnlyMemory<byte> PublicValue,
    ReadOnlyMemory<byte> Nonce,
    IdentificationPayload? Identity,
    Certificate? Certificate = null);
