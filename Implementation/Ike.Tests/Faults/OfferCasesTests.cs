// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Faults;
using Ipsec.Faults.Received;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests.Faults;

/// <summary>Offers that are wrong or unusual under a certain policy only. That our own responder does with them as it must is what scenarios show.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OfferCasesTests
{
    private static IEnumerable<TestCaseData> Cases => OfferCases.All.Select(item => new TestCaseData(item).SetArgDisplayNames($"{item}"));

    [Test]
    public void TheirWordsAreTheirOwn() => OfferCases.All.Concat(ReceivedMatrix.All).Select(item => $"{item}").Should().OnlyHaveUniqueItems();

    [TestCaseSource(nameof(Cases))]
    public void EachIsFoundAndBendsAnOffer(ReceivedCase item)
    {
        ReceivedMatrix.Find(item.MessageName, item.Field, item.Value).Should().BeSameAs(item);
        item.Message.Message.Should().Be(1);
        ImmutableArray<Payload> honest = [Offer];
        var bent = item.Faults.Cast<PayloadFault>().Aggregate(honest, (payloads, fault) => fault.Operation.Apply(payloads, 0)!.Value);
        bent.Should().NotEqual(honest);
    }

    private static SaPayload Offer => new(SaPayload.IpsecDoi, SaPayload.SituationIdentityOnly,
    [
        new Proposal(1, ProtocolId.Esp, new byte[4],
            [new Transform(1, 12, [DataAttribute.Basic(1, 1), DataAttribute.Basic(2, 3600), DataAttribute.Basic(5, 2), DataAttribute.Basic(6, 128)])]),
    ]);
}
