// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Ipsec.Faults.Received;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>Writes the feature file of one message's cases.</summary>
internal sealed class ReceivedFieldsFeature(Transition row)
{
    private const int SummaryWidth = 118;

    private static readonly (Expectation Expectation, string Number, string Title)[] Outlines =
    [
        (Expectation.Stops, "001", "Discarded: <field> is <value>"),
        (Expectation.GoesOn, "002", "Accepted: <field> is <value>"),
        (Expectation.Survives, "003", "Survived: <field> is <value>"),
    ];

    private readonly StringBuilder _text = new();

    /// <summary>Path below the folder of the features.</summary>
    public string Path => $"IKEv1/ReceivedFields{string.Concat(Words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}{row.Message}.feature";

    /// <summary>The whole file.</summary>
    public string Text()
    {
        _text.Clear();
        Line(0, Tags());
        Line(0, $"Feature: Received fields of {MessageNames.NameOf(row)}");
        Wrap($"West sends {MessageNames.NameOf(row)} as its state machine makes it, but for one field: {Sender()}. What east must make of it is what the clause of each table demands.");
        Wrap("Where the RFCs permit silence or a notification, both are right. West's honest exchange afterwards proves that the message has been processed, and that east is as able to talk as before.");
        Line(0, "");
        Wrap("This file is generated from the transition table, the payload table and the rules of each field: see ReceivedFieldsFeatureTests.");
        Line(0, "");
        Line(1, "Background:");
        Line(2, "Given west and east share a pre-shared key");
        foreach (var (expectation, number, title) in Outlines)
        {
            Outline(expectation, number, title, [.. ReceivedMatrix.Of(row).Where(item => item.Demand.Expectation == expectation)]);
        }

        return _text.ToString();
    }

    private string[] Words => MessageNames.ExchangeName(MessageNames.ExchangeOf(row)).Split(' ');

    private void Outline(Expectation expectation, string number, string title, ImmutableArray<ReceivedCase> cases)
    {
        if (cases.IsEmpty)
        {
            return;
        }

        Line(0, "");
        Line(1, $"@id:IKE1-RF-{string.Concat(Words.Select(word => char.ToUpperInvariant(word[0])))}{row.Message}-{number} @judges:peer @{(row.ByInitiator ? "initiator" : "responder")} @negative");
        Line(1, $"Scenario Outline: {title}");
        Line(2, $"When west sends {MessageNames.NameOf(row)}, but its \"<field>\" is \"<value>\"");
        Line(2, "And west then begins an honest exchange");
        switch (expectation)
        {
            case Expectation.Stops:
                Line(2, "Then east does not go on with the first exchange");
                Line(2, "And east answers the bent message with nothing or one of <errors>");
                Line(2, "And the honest exchange succeeds");
                break;
            case Expectation.GoesOn:
                Line(2, "Then east goes on with the first exchange");
                Line(2, "And the honest exchange succeeds");
                break;
            default:
                Line(2, "Then the honest exchange succeeds");
                break;
        }

        foreach (var group in cases.GroupBy(item => (item.Demand.Clause, item.Demand.Level)))
        {
            Line(0, "");
            Line(2, $"@{group.Key.Level.ToString().ToLowerInvariant()} @clause:{group.Key.Clause}");
            Line(2, $"Examples: {group.Key.Clause}{(group.Key.Level == RequirementLevel.Should ? ", a recommendation" : "")}");
            Table(expectation == Expectation.Stops, [.. group]);
        }
    }

    private void Table(bool hasErrors, ImmutableArray<ReceivedCase> cases)
    {
        string[] header = hasErrors ? ["field", "value", "errors"] : ["field", "value"];
        string[][] rows = [header, .. cases.Select(item => Cells(item)[..header.Length])];
        var widths = Enumerable.Range(0, header.Length).Select(column => rows.Max(cells => cells[column].Length)).ToArray();
        foreach (var cells in rows)
        {
            Line(3, $"| {string.Join(" | ", cells.Zip(widths, (cell, width) => cell.PadRight(width)))} |");
        }
    }

    private static string[] Cells(ReceivedCase item) => [item.Field, item.Value, item.Demand.Notifications.IsEmpty ? "none" : string.Join(", ", item.Demand.Notifications.Select(NotifyNames.NameOf))];

    private string Tags() => MessageNames.ExchangeOf(row) switch
    {
        ExchangeType.IdentityProtection => "@ikev1 @phase1 @main-mode @received-fields",
        ExchangeType.Aggressive => "@ikev1 @phase1 @aggressive-mode @received-fields",
        ExchangeType.QuickMode => "@ikev1 @esp @phase2 @quick-mode @received-fields",
        ExchangeType.NewGroupMode => "@ikev1 @new-group @received-fields",
        ExchangeType.Transaction => "@ikev1 @mode-config @received-fields",
        _ => "@ikev1 @phase2 @received-fields",
    };

    private string Sender() => row.IsConnected ? "it has set the commit bit and says CONNECTED"
        : row.Exchange == ExchangeType.Informational ? "it tells that a pair of ESP SAs is deleted"
        : row.ByInitiator ? "east has started the exchange, and west answers" : "west has started the exchange";

    private void Wrap(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length > SummaryWidth)
            {
                Line(1, line.TrimEnd());
                line = "";
            }

            line += word + " ";
        }

        Line(1, line.TrimEnd());
    }

    private void Line(int level, string text) => _text.Append($"{new string(' ', level * 2)}{text}".TrimEnd()).Append('\n');
}
