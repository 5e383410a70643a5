// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Faults;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class MessageOracleTests
{
    private static readonly IReadOnlyList<ExpectedMessage> Table =
    [
        new("west", "Identity Protection", false, "SA, VID*"),
        new("east", "Identity Protection", false, "SA, VID*"),
        new("west", "Identity Protection", false, "KE, NONCE"),
        new("east", "Identity Protection", false, "KE, NONCE"),
        new("west", "Identity Protection", true, "ID, HASH, N*"),
        new("east", "Identity Protection", true, "ID, HASH, N*"),
        new("west", "Quick Mode", true, "HASH, SA, NONCE, ID, ID, N*"),
        new("east", "Quick Mode", true, "HASH, SA, NONCE, ID, ID, N*"),
        new("west", "Quick Mode", true, "HASH"),
    ];

    private static readonly IReadOnlyList<ObservedIke> Seen = [.. Conversation.Recorded().OfType<ObservedIke>()];

    [Test]
    public void TheHonestExchangeFitsItsTable() => MessageOracle.InOrder(Table, Seen).Should().BeNull();

    [Test]
    public void AMissingMessage() => MessageOracle.InOrder(Table, [.. Seen.Take(8)])
        .Should().Be(new Finding("message 9 is west: Quick Mode, encrypted, HASH", "8 messages, then nothing"));

    [Test]
    public void AMessageMissingInTheMiddle([Range(0, 8)] int at) => MessageOracle.InOrder(Table, [.. Seen.Where((_, i) => i != at)])
        .Should().NotBeNull();

    [Test]
    public void OneMessageMore() => MessageOracle.InOrder(Table, [.. Seen, Seen[8]])
        .Should().Be(new Finding("9 messages", "one more in frame 9: west: Quick Mode, encrypted, HASH"));

    [Test]
    public void TheOtherDirection([Range(0, 8)] int at)
    {
        var finding = MessageOracle.InOrder(Table, Seen.But(at, m => m with { From = m.To, To = m.From }))!;
        finding.Legal.Should().Be($"message {at + 1} is {Table[at]}");
        finding.Came.Should().StartWith($"frame {at + 1}: {Seen[at].To}: ");
    }

    [Test]
    public void ThirdPartiesAreNotThePeer() => MessageOracle.InOrder(Table, Seen.But(1, m => m with { From = "198.51.100.99" })).Should().NotBeNull();

    [Test]
    public void ClearInsteadOfEncrypted([Range(4, 8)] int at) => MessageOracle.InOrder(Table, Seen.But(at, Flip))!
        .Came.Should().Contain(", clear, ");

    [Test]
    public void EncryptedInsteadOfClear([Range(0, 3)] int at) => MessageOracle.InOrder(Table, Seen.But(at, Flip))!
        .Came.Should().Contain(", encrypted, ");

    [Test]
    public void AnotherExchange([Range(0, 8)] int at) => MessageOracle.InOrder(
        Table, Seen.But(at, m => m.WithHeader(header => header with { ExchangeType = ExchangeType.Aggressive })))!.Came.Should().Contain("Aggressive");

    [Test]
    public void AMessageThatCannotBeRead([Range(0, 8)] int at) => MessageOracle.InOrder(Table, Seen.But(at, Bent.Unread))!
        .Came.Should().Be($"frame {at + 1}: {Seen[at].From}: {Seen[at].ExchangeName}, {(at < 4 ? "clear" : "encrypted")}, unreadable");

    [Test]
    public void APayloadTooFew([Range(0, 8)] int at)
    {
        for (var without = 0; without < Seen[at].Message!.Payloads.Length; without++)
        {
            MessageOracle.InOrder(Table, Seen.But(at, m => m.WithPayloads(list => list.RemoveAt(without)))).Should().NotBeNull();
        }
    }

    [Test]
    public void APayloadTooMany([Range(0, 8)] int at) => MessageOracle.InOrder(
        Table, Seen.But(at, m => m.WithPayloads(list => list.Add(new CertificateRequestPayload(4, default)))))!.Came.Should().EndWith("CR");

    [Test]
    public void ARequiredPayloadTwice() => MessageOracle.InOrder(Table, Seen.But(2, m => m.WithPayloads(list => list.Add(list[^1])))).Should().NotBeNull();

    [Test]
    public void OptionalPayloadsMayBeThereAnyNumberOfTimes() => MessageOracle.InOrder(
        Table, Seen.But(0, m => m.WithPayloads(list => [.. list, new VendorIdPayload(new byte[16]), new VendorIdPayload(new byte[8])]))).Should().BeNull();

    [Test]
    public void WhatIsOptionalInOneMessageIsNotInAnother() => MessageOracle.InOrder(
        Table, Seen.But(2, m => m.WithPayloads(list => list.Add(new VendorIdPayload(new byte[16]))))).Should().NotBeNull();

    [TestCase(0, TestName = "The SA first in phase 1")]
    [TestCase(6, TestName = "The HASH first and the SA behind it in quick mode")]
    public void OrderThatBinds(int at)
    {
        var withVendorId = Seen.But(at, m => m.WithPayloads(list => [.. list, new VendorIdPayload(new byte[16])]));
        var table = Table.But(at, row => row with { Payloads = row.Payloads.Replace(", VID*", "", StringComparison.Ordinal) + ", VID" });
        MessageOracle.InOrder(table, withVendorId).Should().BeNull();
        MessageOracle.InOrder(table, withVendorId.But(at, m => m.WithPayloads(list => list.Reverse()))).Should().NotBeNull();
        MessageOracle.InOrder(table, withVendorId.But(at, m => m.WithPayloads(list => [list[^1], .. list.RemoveAt(list.Length - 1)]))).Should().NotBeNull();
    }

    [Test]
    public void TheSaNotDirectlyBehindTheHash() => MessageOracle.InOrder(
        Table, Seen.But(6, m => m.WithPayloads(list => [list[0], list[2], list[1], .. list.Skip(3)]))).Should().NotBeNull();

    [Test]
    public void OtherOrderIsFree([Values(2, 4)] int at) =>
        MessageOracle.InOrder(Table, Seen.But(at, m => m.WithPayloads(list => list.Reverse()))).Should().BeNull();

    [Test]
    public void ReadableOrNot()
    {
        MessageOracle.AllReadable(Seen).Should().BeNull();
        MessageOracle.AllReadable(Seen.But(5, Bent.Unread))!.Came.Should().Be("frame 6: no key");
        MessageOracle.AllReadable([]).Should().Be(new Finding("messages to judge", "none"));
    }

    [Test]
    public void ErrorsAreNamed()
    {
        var refusal = new NotificationPayload(1, ProtocolId.Isakmp, default, NotifyType.NoProposalChosen, default);
        MessageOracle.Text(Seen[1].WithPayloads(_ => [refusal])).Should().Be("east: Identity Protection, clear, N (NoProposalChosen)");
        MessageOracle.Text(Seen[1].WithPayloads(_ => [refusal with { NotifyType = NotifyType.InitialContact }])).Should().EndWith(", N");
    }

    [Test]
    public void RepetitionsAreUnchanged()
    {
        var frames = Repeated();
        frames.Should().Contain(message => message.IsRepeat);
        MessageOracle.RepeatedUnchanged(frames, 6).Should().BeNull();
    }

    [Test]
    public void ARepetitionThatDiffers()
    {
        var changed = Repeated().Select(message => message with { IsRepeat = false }).ToArray();
        var finding = MessageOracle.RepeatedUnchanged(changed, 6)!;
        finding.Legal.Should().StartWith("6 different messages");
        finding.Came.Should().StartWith($"{changed.Length} different ones: frame 1 west: ");
    }

    [Test]
    public void AMessageThatNeverCame() =>
        MessageOracle.RepeatedUnchanged([.. Repeated().Where(message => message.Ordinal < 6)], 6)!.Came.Should().StartWith("5 different ones");

    private static ObservedIke Flip(ObservedIke message) => message.WithHeader(header => header with { Flags = header.Flags ^ IsakmpFlags.Encryption });

    private static ObservedIke[] Repeated()
    {
        using var conversation = new Conversation(fault: new FlowFault(
            "twice", new(ExchangeType.IdentityProtection, 3), FlowOperation.Duplicate, 1, "RFC2408-5.1-03", []));
        conversation.QuickModes("net");
        return [.. conversation.Observe().OfType<ObservedIke>().Where(m => m.Header.ExchangeType == ExchangeType.IdentityProtection)];
    }
}
