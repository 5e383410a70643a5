// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>Private groups, and the mode that makes them known (RFC 2409 section 5.6).</content>
public sealed partial class Scene
{
    private const byte KeyIke = 1;

    // A safe prime of 512 bits, made for this: to find out whether a larger number is one takes seconds.
    private static readonly byte[] PrivatePrime = Convert.FromHexString(
        "C1BBBBCCE0C3EAE00BD9178FFAADD2AC3A13835B5B4F30E9C472758F55DED69E"
        + "147E2DFB64B3444CC870134A8D793F54C25067959F715A6BFDDDC50284E6340B");

    /// <summary>Size of the modulus of private groups in octets.</summary>
    public static int PrivateGroupSize => PrivatePrime.Length;

    /// <summary>A side offers a private group in new group mode, with phase 1 before it where there is no IKE SA.</summary>
    /// <param name="side">Who does.</param>
    /// <param name="number">The group's number.</param>
    public async Task OfferGroupAsync(Side side, ushort number)
    {
        await OpenAsync();
        Initiator = side;
        var group = GroupOf(number);
        await CommandAsync(side, east => east.OfferGroupAsync(group), () => new InitiateNewGroup(ConnectionName, [group]));
    }

    /// <summary>Sends message 1 of new group mode in clear, under cookies that no phase 1 has.</summary>
    public void SendNewGroupFromNowhere()
    {
        var group = GroupOf(KeyExchangeMethod.FirstPrivateId);
        var transform = new Transform(1, KeyIke, [
            DataAttribute.Basic(Phase1Attribute.GroupDescription, group.Number),
            DataAttribute.Basic(Phase1Attribute.GroupType, (ushort)GroupType.Modp),
            DataAttribute.Variable((ushort)Phase1Attribute.GroupPrime, group.Prime),
            DataAttribute.Variable((ushort)Phase1Attribute.GroupGeneratorOne, group.Generator),
        ]);
        var sa = new SaPayload(SaPayload.IpsecDoi, SaPayload.SituationIdentityOnly, [new Proposal(1, ProtocolId.Isakmp, default, [transform])]);
        var body = Encode([sa]);
        Inject(
            new IsakmpHeader(
                StrangeCookie, default, PayloadType.Sa, IsakmpHeader.Version10, ExchangeType.NewGroupMode, IsakmpFlags.None, ++_liveMessageId, (uint)(IsakmpHeader.Size + body.Length)),
            body);
    }

    private static PrivateGroup GroupOf(ushort number) => new(number, PrivatePrime, new byte[] { 2 });
}
