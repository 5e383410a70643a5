// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Transaction exchanges, whatever they are about.</summary>
[Binding]
public sealed class TransactionSteps(Scene scene, Claims claims)
{
    /// <summary>REQUEST, REPLY, SET and ACK.</summary>
    private const int XauthMessages = 4;

    [Then("these transactions follow phase 1, in this order")]
    public void ThenInOrder(Table table)
    {
        ExpectedTransaction[] expected = [.. table.Rows.Select(row => new ExpectedTransaction(row["from"], row["message"], row["attributes"]))];
        scene.WaitUntil(() => scene.Messages.Count(message => message.Header.ExchangeType == ExchangeType.Transaction) >= expected.Length);
        claims.Hold(TransactionOracle.InOrder(expected, scene.Messages));
    }

    [Then("no other exchange comes between phase 1 and the last transaction")]
    public void ThenFirst() => claims.Hold(TransactionOracle.BetweenPhase1AndQuickMode(scene.Messages));

    /// <summary>Where an answer has another identifier nothing comes after it: the claim fails at that answer.</summary>
    [Then("all transaction messages have the same identifier")]
    public void ThenOneIdentifier()
    {
        scene.WaitUntil(() => Count() >= XauthMessages || (Count() > 1 && TransactionOracle.OneIdentifier(scene.Messages) is not null));
        claims.Hold(TransactionOracle.OneIdentifier(scene.Messages));

        int Count() => scene.Messages.Count(message => message.Header.ExchangeType == ExchangeType.Transaction);
    }

    [Then("each answer has the identifier of what it answers")]
    public void ThenTheirIdentifier() => claims.Hold(TransactionOracle.AnswersHaveTheirIdentifier(scene.Messages));

    [Then("each transaction has a message ID of its own")]
    public void ThenMessageIds() => claims.Hold(TransactionOracle.MessageIds(scene.Messages));

    [Then("each transaction message is encrypted, a HASH before its attributes")]
    public void ThenProtected() => claims.Hold(TransactionOracle.Protected(scene.Messages));
}
