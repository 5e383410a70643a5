// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Faults;
using Ipsec.Wire;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Faults.PayloadOperation;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests.Faults;

/// <summary>What an operation says it does to a message is what a reader of the message finds, and nothing else.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OperationTests
{
    private const ulong Marked = 0x55;

    private static readonly Payload[] OneOfEach =
    [
        new SaPayload(1, 1, [new Proposal(1, ProtocolId.Esp, new byte[] { 1, 2, 3, 4 }, [new Transform(1, 20, [DataAttribute.Basic(4, 1), DataAttribute.Basic(6, 128)])])]),
        IdentificationPayload.Fqdn("west.example"),
        new CertificatePayload(4, new byte[] { 1, 2, 3 }),
        new CertificateRequestPayload(4, new byte[] { 1, 2, 3 }),
        new NotificationPayload(1, ProtocolId.Esp, new byte[4], NotifyType.InvalidSpi, new byte[2]),
        new DeletePayload(1, ProtocolId.Esp, 4, [new byte[4]]),
        new NoncePayload(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
    ];

    private static IEnumerable<TestCaseData> Fields => OneOfEach.SelectMany(payload => PayloadLayout.Generic.Concat(PayloadLayout.Of(payload.Type))
        .Select(item => new TestCaseData(payload, item).SetArgDisplayNames($"{payload.Type.Notation()}.{item.Name}")));

    [TestCaseSource(nameof(Fields))]
    public void AFieldThatIsSetIsTheOnlyOneThatDiffers(Payload payload, PayloadField field)
    {
        var honest = Encode([payload]);
        var bent = Encode(new SetField(field, Marked).Apply([payload], 0)!.Value);
        var at = field.Locate(honest);
        at.Should().BeGreaterThanOrEqualTo(0);
        field.Read(bent, at).Should().Be(Marked);
        bent.Should().HaveSameCount(honest);
        for (var i = 0; i < honest.Length; i++)
        {
            if (i < at || i >= at + field.Size)
            {
                bent[i].Should().Be(honest[i], $"octet {i} is not of {field.Name}");
            }
        }
    }

    [Test]
    public void NamesLeadToTheFieldsThatAReaderKnows()
    {
        var sa = Apply(new SetField(PayloadLayout.Field(PayloadType.Sa, "proposal.protocol"), 2), OneOfEach[0]);
        ((SaPayload)sa).Proposals[0].ProtocolId.Should().Be(ProtocolId.Ah);
        sa = Apply(new SetField(PayloadLayout.Field(PayloadType.Sa, "transform.ID"), 12), OneOfEach[0]);
        ((SaPayload)sa).Proposals[0].Transforms[0].TransformId.Should().Be(12);
        sa = Apply(new SetField(PayloadLayout.Field(PayloadType.Sa, "transform.RESERVED2"), 3), OneOfEach[0]);
        ((SaPayload)sa).Proposals[0].Transforms[0].Reserved2.Should().Be(3);
        var id = Apply(new SetField(PayloadLayout.Field(PayloadType.Identification, "port"), 500), OneOfEach[1]);
        ((IdentificationPayload)id).Port.Should().Be(500);
        var notification = Apply(new SetField(PayloadLayout.Field(PayloadType.Notification, "type"), 14), OneOfEach[4]);
        ((NotificationPayload)notification).NotifyType.Should().Be(NotifyType.NoProposalChosen);
        FluentActions.Invoking(() => PayloadLayout.Field(PayloadType.Nonce, "port")).Should().Throw<ArgumentException>();
    }

    [Test]
    public void AFieldThatAPayloadIsTooShortForIsNotBent() =>
        new SetField(PayloadLayout.Field(PayloadType.Identification, "port"), 1).Apply([new UnknownPayload(PayloadType.Identification, new byte[2])], 0).Should().BeNull();

    [Test]
    public void PayloadsAreMovedRemovedRepeatedAndJoined()
    {
        ImmutableArray<Payload> three = [OneOfEach[1], OneOfEach[2], OneOfEach[6]];
        new Remove().Apply(three, 1)!.Value.Should().Equal(three[0], three[2]);
        new Duplicate().Apply(three, 1)!.Value.Should().Equal(three[0], three[1], three[1], three[2]);
        new MoveTo(0).Apply(three, 2)!.Value.Should().Equal(three[2], three[0], three[1]);
        new MoveTo(99).Apply(three, 0)!.Value.Should().Equal(three[1], three[2], three[0]);
        new Insert(OneOfEach[5], Before: true).Apply(three, 0)!.Value.Should().Equal(OneOfEach[5], three[0], three[1], three[2]);
        new Insert(OneOfEach[5], Before: false).Apply(three, 2)!.Value.Should().Equal(three[0], three[1], three[2], OneOfEach[5]);
    }

    [Test]
    public void BodiesAreCutLengthenedFilledAndFlipped()
    {
        var nonce = OneOfEach[6];
        Apply(new Resize(3), nonce).Body.ToArray().Should().Equal(1, 2, 3);
        Apply(new Resize(10), nonce).Body.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 1, 1);
        Apply(new Grow(-1), nonce).Body.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7);
        Apply(new Grow(-99), nonce).Body.Length.Should().Be(0);
        Apply(new Fill(9), nonce).Body.ToArray().Should().OnlyContain(octet => octet == 9).And.HaveCount(8);
        Apply(new FlipBits(^1, 0x80), nonce).Body.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7, 0x88);
        Apply(new SetOctets(1, [7, 7]), nonce).Body.ToArray().Should().Equal(1, 7, 7, 4, 5, 6, 7, 8);
    }

    [Test]
    public void ProposalsKeepRightLengths()
    {
        var sa = (SaPayload)Apply(new ProposalOperation.SetSpi([1, 2, 3]), OneOfEach[0]);
        sa.Proposals[0].Spi.ToArray().Should().Equal(1, 2, 3);
        sa = (SaPayload)Apply(new ProposalOperation.PrecedeTransform(249), OneOfEach[0]);
        sa.Proposals[0].Transforms.Select(t => (t.Number, t.TransformId)).Should().Equal((1, 249), (2, 20));
        sa = (SaPayload)Apply(new ProposalOperation.RepeatProposal(), OneOfEach[0]);
        sa.Proposals.Select(p => p.Number).Should().Equal(1, 2);
        sa = (SaPayload)Apply(new ProposalOperation.RepeatTransform(), OneOfEach[0]);
        sa.Proposals[0].Transforms.Select(t => t.Number).Should().Equal(1, 2);
        sa = (SaPayload)Apply(new ProposalOperation.RemoveTransforms(), OneOfEach[0]);
        sa.Proposals[0].Transforms.Should().BeEmpty();
        ((SaPayload)Apply(new ProposalOperation.RemoveProposal(), OneOfEach[0])).Proposals.Should().BeEmpty();
        new ProposalOperation.RemoveProposal().Apply([OneOfEach[1]], 0).Should().BeNull("it has no proposal");
    }

    [Test]
    public void AttributesAreSetAddedRemovedAndLengthened()
    {
        Attributes(new ProposalOperation.SetAttribute(DataAttribute.Basic(4, 2))).Should().Be("4=2 6=128");
        Attributes(new ProposalOperation.SetAttribute(DataAttribute.Basic(9, 2))).Should().Be("4=1 6=128 9=2");
        Attributes(new ProposalOperation.AddAttribute(DataAttribute.Basic(4, 2))).Should().Be("4=1 6=128 4=2");
        Attributes(new ProposalOperation.RemoveAttribute(4)).Should().Be("6=128");
        var sa = (SaPayload)Apply(new ProposalOperation.EncodeLong(4), OneOfEach[0]);
        sa.Proposals[0].Transforms[0].Attributes.Select(attribute => attribute.IsBasic).Should().Equal(false, true);

        static string Attributes(PayloadOperation operation) => string.Join(' ', ((SaPayload)Apply(operation, OneOfEach[0])).Proposals[0].Transforms[0].Attributes);
    }

    [Test]
    public void EveryHeaderFieldIsSetAlone()
    {
        foreach (var field in HeaderField.All)
        {
            var honest = Enumerable.Range(1, IsakmpHeader.Size).Select(i => (byte)i).ToArray();
            var bent = new BytesOperation.SetHeader(field, 5).Apply(honest, []);
            field.Read(bent).Should().Be(5);
            HeaderField.All.Where(other => other != field).Should().OnlyContain(other => other.Read(bent) == other.Read(honest));
            new BytesOperation.FlipHeader(field, 1).Apply(honest, []).Should().NotEqual(honest);
            field.Read(new BytesOperation.AddToHeader(field, 1).Apply(honest, [])).Should().Be(field.Read(honest) + 1);
        }
    }

    [Test]
    public void DatagramsAreCutAndLengthened()
    {
        byte[] bytes = [1, 2, 3, 4];
        new BytesOperation.KeepFirst(2).Apply(bytes, []).Should().Equal(1, 2);
        new BytesOperation.KeepFirst(9).Apply(bytes, []).Should().Equal(bytes);
        new BytesOperation.Truncate(1).Apply(bytes, []).Should().Equal(1, 2, 3);
        new BytesOperation.Append(2).Apply(bytes, []).Should().Equal(1, 2, 3, 4, 0, 0);
        new BytesOperation.FlipBits(^1, 1).Apply(bytes, []).Should().Equal(1, 2, 3, 5);
        bytes.Should().Equal([1, 2, 3, 4], "the honest bytes are not touched");
    }

    [Test]
    public void AnIdentityIsBentBeforeItIsProved()
    {
        var honest = new PolicyPair().West.LocalIdentity;
        var selector = new MessageSelector(ExchangeType.IdentityProtection, 5) { ByInitiator = true };
        var bent = new IdentityFault("f", selector, new SetOctets(1, [17, 0x01, 0xF4]), "c", []).Apply(honest);
        (bent.ProtocolId, bent.Port, bent.IdType).Should().Be((17, 500, IdType.Fqdn));
        bent.Data.ToArray().Should().Equal(honest.Data.ToArray());
        FluentActions.Invoking(() => new IdentityFault("f", selector, new Resize(2), "c", []).Apply(honest)).Should().Throw<InvalidOperationException>();
    }

    /// <summary>The payload that a reader finds after the operation.</summary>
    private static Payload Apply(PayloadOperation operation, Payload payload)
    {
        var bent = operation.Apply([payload], 0)!.Value;
        PayloadChain.TryRead(payload.Type, Encode(bent), 0, out var read, out _, out var error).Should().BeTrue($"{error}");
        return read.Should().ContainSingle().Which;
    }

    private static byte[] Encode(ImmutableArray<Payload> payloads)
    {
        var writer = new WireWriter();
        PayloadChain.Write(writer, payloads);
        return writer.ToArray();
    }
}
