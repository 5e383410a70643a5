// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>RFC 2408 section 3.16: vendor IDs that the policy adds are sent in phase 1, and change nothing for who does not know them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ExtraVendorIdTests
{
    private static readonly ReadOnlyMemory<byte>[] Extra = [new byte[] { 1 }, Enumerable.Range(7, 100).Select(octet => (byte)octet).ToArray()];

    [TestCase(Phase1Mode.Main, 1, 4)]
    [TestCase(Phase1Mode.Aggressive, 1, 2)]
    public void EachSideSendsThemOnce(Phase1Mode mode, int ofInitiator, int ofResponder)
    {
        var pair = new PolicyPair();
        pair = new PolicyPair
        {
            West = pair.West with { Mode = mode, AcceptedModes = [mode], ExtraVendorIds = [.. Extra] },
            East = pair.East with { Mode = mode, AcceptedModes = [mode], ExtraVendorIds = [.. Extra] },
        };
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West);

        NatTraversalTests.Complete(ladder);
        Numbers(ladder.West).Should().Equal(ofInitiator, ofInitiator);
        Numbers(ladder.East).Should().Equal(ofResponder, ofResponder);

        // Odd messages are the initiator's.
        IEnumerable<int> Numbers(Ladder.Side side) => side.Sent(mode == Phase1Mode.Main ? Wire.Isakmp.ExchangeType.IdentityProtection : Wire.Isakmp.ExchangeType.Aggressive)
            .Where(traced => !traced.IsRepeat)
            .SelectMany((traced, at) => traced.Message.All<VendorIdPayload>()
                .Where(vendor => Extra.Any(extra => extra.Span.SequenceEqual(vendor.Id.Span)))
                .Select(_ => (2 * at) + (side == ladder.West ? 1 : 2)));
    }
}
