// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>What the proof of one side is about.</summary>
/// <param name="Exchange">The exchange; its policy is the one that the proof is made for or judged by.</param>
/// <param name="OfInitiator">Whose proof it is.</param>
/// <param name="Security">The keys.</param>
/// <param name="Material">What HASH_I and HASH_R cover.</param>
internal sealed record ProofContext(Phase1Context Exchange, bool OfInitiator, Phase1Security Security, Phase1Material Material)
{
    public AuthenticationForm Form { get; } = AuthenticationForm.Of(Security.Suite);

    public ProofKind Kind => Form.Proof(OfInitiator);

    /// <summary>HASH_I or HASH_R with the identity of whose proof it is.</summary>
    public byte[] Hash(IdentificationPayload identity) =>
        Material.Hash(OfInitiator, Form.ProofHash(Security.Suite), Security.Keys.Skeyid, identity.Body.Span);
}
