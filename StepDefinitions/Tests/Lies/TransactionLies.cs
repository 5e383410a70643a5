// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Ike.V1;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>Claims about XAUTH and mode config can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TransactionLies
{
    private const string UserAtWest = "Given a user at west authenticates after pre-shared keys";
    private const string UserAtEast = "Given a user at east authenticates after pre-shared keys";
    private const string Asks = "Given west gets its inner address and a name server from the other side, when it asks";
    private const string EastAsks = "Given east gets its inner address and a name server from the other side, when it asks";
    private const string EastIsTold = "Given east gets its inner address and a name server from the other side, without asking";
    private const string WestStarts = "When west starts quick mode";
    private const string EastStarts = "When east starts quick mode";
    private const string Table = "Then these transactions follow phase 1, in this order";

    private static IEnumerable<TestCaseData> MessageLies =>
    [
        Case("another identifier in the answer", UserAtEast, EastStarts, Each(2, a => a with { Identifier = (ushort)(a.Identifier + 1) }), "Then all transaction messages have the same identifier", ", frame "),
        Case("another identifier in a REPLY", EastAsks, EastStarts, new BentMessages(ExchangeType.Informational, 9), "Then east answers 1 REQUEST with a REPLY each", "0"),
        Case("another identifier than asked", Asks, WestStarts, Each(2, a => a with { Identifier = (ushort)(a.Identifier + 1) }), "Then each answer has the identifier of what it answers", ", frame "),
        Case("another type", UserAtEast, EastStarts, Each(2, a => a with { Attributes = [DataAttribute.Basic((ushort)ConfigurationAttribute.XauthType, 0), .. a.Attributes] }), "Then XAUTH-TYPE of the REPLY is that of the REQUEST", "0000"),
        Case("no password", UserAtEast, EastStarts, Each(2, a => a with { Attributes = [.. a.Attributes.Take(1)] }), "Then the REPLY has the user's name and password", "none"),
        Case("a status of four octets", UserAtWest, WestStarts, Status(DataAttribute.Variable((ushort)ConfigurationAttribute.XauthStatus, 1u)), "Then the SET says that the user is accepted", "variable"),
        Case("an accepted user", UserAtWest, WestStarts, new BentMessages(ExchangeType.Informational, 9), "Then the SET says that the user is refused", "basic 0001"),
        Case("no Delete", UserAtWest, WestStarts, new BentMessages(ExchangeType.Informational, 9), "Then east deletes the IKE SA, and no quick mode was begun", "Transaction"),
        Case("an address without value", Asks, WestStarts, Each(2, a => a with { Attributes = [.. a.Attributes, DataAttribute.Variable((ushort)ConfigurationAttribute.InternalIp4Nbns, ReadOnlyMemory<byte>.Empty)] }), "Then no attribute of a REPLY is without value", "INTERNAL_IP4_NBNS of 0 octets"),
        Case("another address", Asks, WestStarts, Each(2, a => a with { Attributes = [.. a.Attributes.Select(Elsewhere)] }), "Then the REPLY gives west the address that the policy has for it", "c0000000"),
        Case("values in the ACK", EastIsTold, EastStarts, Each(2, a => a with { Attributes = [DataAttribute.Variable((ushort)ConfigurationAttribute.InternalIp4Address, new byte[4])] }), "Then the ACK has no value in any attribute", "4 octets"),
        Case("pre-shared keys alone", "Given west and east share a pre-shared key", WestStarts, new BentMessages(ExchangeType.Informational, 9), "Then both SA payloads of phase 1 name authentication method 65001", "1"),
    ];

    [TestCaseSource(nameof(MessageLies))]
    public async Task AClaimFails(string given, string start, object messages, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = (IOutboundSeams)messages });
        await play.StepsAsync(given, start);
        play.Scene.WaitUntil(() => play.Scene.WestChildSas.Count > 0);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task AnotherOrder()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(Asks, WestStarts, "Then both sides hold one pair of ESP SAs with matching SPIs");
        (await play.FailingStepAsync(Table, "from|message|attributes", "east|SET|any", "west|ACK|any")).Came.Should().Contain("west: REQUEST of");
        (await play.FailingStepAsync(Table, "from|message|attributes", "west|REQUEST|any")).Came.Should().StartWith("one more in frame");
        (await play.FailingStepAsync(Table, "from|message|attributes", "west|REQUEST|any", "east|REPLY|XAUTH-STATUS")).Came.Should().Contain("INTERNAL_IP4_ADDRESS");
    }

    [Test]
    public async Task AnAnswerToAWrongHash()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("When west starts phase 1 in main mode", "Then phase 1 is established", "When west asks for the attribute 7");
        (await play.FailingStepAsync("Then the REQUEST under a wrong HASH is not answered")).Came.Should().Be("none");
    }

    [Test]
    public async Task AnExchangeSeenBent()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(Asks, WestStarts, "Then both sides hold one pair of ESP SAs with matching SPIs");
        var seen = play.Scene.Messages;
        var request = seen.Single(message => message is { From: "west", Header.ExchangeType: ExchangeType.Transaction });
        TransactionOracle.Protected(Bend(m => m with { Header = m.Header with { Flags = IsakmpFlags.None } }))!.Came.Should().StartWith($"frame {request.Number}: west: Transaction, clear");
        TransactionOracle.Protected(Bend(m => m with { Message = m.Message! with { Payloads = [.. m.Message.Payloads.Reverse()] } }))!.Came.Should().EndWith("ATTR, HASH");
        TransactionOracle.MessageIds(Bend(m => m with { Header = m.Header with { MessageId = 7 } }))!.Came.Should().Contain("message ID 00000007");
        TransactionOracle.BetweenPhase1AndQuickMode(Bend(m => m with { Number = 1 }))!.Came.Should().Be("frame 1, and phase 1 ends in frame 6");
        TransactionOracle.BetweenPhase1AndQuickMode(Bend(m => m with { Number = 99 }, "east"))!.Came.Should().StartWith("quick mode in frame ");
        TransactionOracle.Protected([]).Should().NotBeNull();

        IReadOnlyList<ObservedIke> Bend(Func<ObservedIke, ObservedIke> change, string from = "west") =>
            [.. seen.Select(message => message.Header.ExchangeType == ExchangeType.Transaction && message.From == from ? change(message) : message)];
    }

    private static BentMessages Each(int number, Func<AttributesPayload, AttributesPayload> change) =>
        BentMessages.Each<AttributesPayload>(ExchangeType.Transaction, number, change);

    private static BentMessages Status(DataAttribute status) => Each(1, a => a.MessageType == (byte)ConfigurationMessageType.Set ? a with { Attributes = [status] } : a);

    private static DataAttribute Elsewhere(DataAttribute attribute) =>
        attribute.Type == (ushort)ConfigurationAttribute.InternalIp4Address ? DataAttribute.Variable(attribute.Type, new byte[] { 0xc0, 0, 0, 0 }) : attribute;

    private static TestCaseData Case(string lie, string given, string start, IOutboundSeams messages, string claim, string came) =>
        new TestCaseData(given, start, messages, claim, came).SetArgDisplayNames(lie);
}
