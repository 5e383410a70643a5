// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>IKE messages as they cross the wire.</summary>
[Binding]
public sealed class MessageSteps(Scene scene, Claims claims)
{
    private const int FirstStatusType = 16384;

    [Then("these messages cross the wire, in this order")]
    public void ThenInOrder(Table table) => InOrder(table, () => scene.Messages);

    [Then("these messages cross the wire after phase 1, in this order")]
    public void ThenAfterPhase1(Table table) => InOrder(table, Phase2);

    [Then("these messages of new group mode cross the wire, in this order")]
    public void ThenNewGroup(Table table) => InOrder(table, () => [.. scene.Messages.Where(m => m.Header.ExchangeType == ExchangeType.NewGroupMode)]);

    [Then("every header from east has version 1.0, known flags, its true length and, in phase 1, message ID 0")]
    public void ThenHeaders() => claims.Hold(HeaderOracle.Fields(FromEast()));

    [Then("east's cookie is not zero and stays the same")]
    public void ThenCookie() => claims.Hold(HeaderOracle.OwnCookie(FromEast(), isInitiator: scene.Initiator == Side.East));

    [Then("every reserved field from east is zero")]
    public void ThenReserved() => claims.Hold(HeaderOracle.Reserved(FromEast()));

    [Then("an observer who has only the encryption key reads every message")]
    public void ThenReadable() => claims.Hold(MessageOracle.AllReadable(scene.Messages));

    [Then("the padding of every encrypted message from east is zero")]
    public void ThenPadding() => claims.Hold(HeaderOracle.EncryptionPadding(FromEast()));

    [Then("every SA payload from east names the IPsec DOI, the identity-only situation and one ISAKMP proposal of KEY_IKE transforms")]
    public void ThenSaShape() => claims.Hold(SaPayloadOracle.Phase1Shape(FromEast()));

    [Then("basic attributes from east are of the short form")]
    public void ThenBasicAttributes() => claims.Hold(SaPayloadOracle.BasicAttributes(FromEast()));

    [Then("(west|east) notifies the other side of NO-PROPOSAL-CHOSEN, (in clear|under the IKE SA)")]
    public void ThenNoProposalChosen(Side side, string protection)
    {
        var encrypted = protection != "in clear";
        claims.Hold(
            scene.WaitUntil(() => Notified().Any(m => m.ErrorNotified == NotifyType.NoProposalChosen && m.Header.IsEncrypted == encrypted)),
            $"an informational exchange from {side} with NO-PROPOSAL-CHOSEN (14), {protection}",
            () => string.Join("; ", scene.Messages.Select(MessageOracle.Text)));

        IEnumerable<ObservedIke> Notified() => From(side).Where(m => m.Header.ExchangeType == ExchangeType.Informational);
    }

    [Then("(west|east) says that it cannot accept the message it received")]
    public void ThenRefusal(Side side) => claims.Hold(
        scene.WaitUntil(() => From(side).Any(IsRefusal)),
        $"an informational exchange from {side} with an error notification, clear or under keys that the other side does not have",
        () => string.Join("; ", scene.Messages.Select(MessageOracle.Text)));

    [Then("every quick mode message has the cookies of the IKE SA and a message ID that is not zero")]
    public void ThenUnderTheIkeSa()
    {
        var sa = scene.WestIkeSas[^1];
        var wrong = Phase2().FirstOrDefault(m =>
            m.Header.MessageId == 0 || (m.Header.InitiatorCookie, m.Header.ResponderCookie) != (sa.InitiatorCookie, sa.ResponderCookie));
        claims.Hold(
            wrong is null,
            $"cookies {sa.InitiatorCookie} {sa.ResponderCookie} and a message ID",
            () => $"frame {wrong!.Number}: {wrong.Header.InitiatorCookie} {wrong.Header.ResponderCookie}, message ID {wrong.Header.MessageId}");
    }

    /// <summary>
    /// An error in clear, or an encrypted informational message that the negotiated key does not open: with different pre-shared keys
    /// the sides have different keys.
    /// </summary>
    private static bool IsRefusal(ObservedIke message) =>
        message.Header.ExchangeType == ExchangeType.Informational
        && (message.Message is null || message.Message.All<NotificationPayload>().Any(n => (ushort)n.NotifyType < FirstStatusType));

    private void InOrder(Table table, Func<IReadOnlyList<ObservedIke>> observed)
    {
        var expected = table.Rows
            .Select(row => new ExpectedMessage(row["from"], row["exchange"], Encrypted(row["encrypted"]), row["payloads"]))
            .ToArray();
        scene.WaitUntil(() => observed().Count >= expected.Length);
        claims.Hold(MessageOracle.InOrder(expected, observed()));
    }

    private static bool? Encrypted(string word) => word switch
    {
        "yes" => true,
        "no" => false,
        "either" => null,
        _ => throw new ArgumentException($"\"{word}\" is none of yes, no and either", nameof(word)),
    };

    private List<ObservedIke> Phase2() => [.. scene.Messages.Where(m => m.Header.ExchangeType == ExchangeType.QuickMode)];

    private List<ObservedIke> FromEast() => From(Side.East);

    private List<ObservedIke> From(Side side) =>
        [.. scene.Messages.Where(m => string.Equals(m.From, side.ToString(), StringComparison.OrdinalIgnoreCase))];
}
