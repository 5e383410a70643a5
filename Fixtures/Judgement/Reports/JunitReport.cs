// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using System.Xml;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// The results as JUnit XML. A suite is a feature against a peer. A failure is a result that breaks the build; an environment problem or a fault
/// of the suite is an error; unsupported and known are skipped with their reason.
/// </summary>
public static class JunitReport
{
    private enum Outcome
    {
        Passed,
        Failure,
        Error,
        Skipped,
    }

    /// <summary>Renders the document.</summary>
    /// <param name="results">The results.</param>
    /// <param name="strict">Whether a SHOULD counts as a MUST: a non-strict outcome is then a failure, else it passes with a remark.</param>
    public static string Render(RunResults results, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(results);
        using var text = new Utf8StringWriter();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "IPsec conformance");
            WriteCounts(xml, results.Scenarios, strict);
            foreach (var suite in results.Scenarios.GroupBy(scenario => (scenario.Peer, scenario.Feature)))
            {
                WriteSuite(xml, suite.Key.Peer, suite.Key.Feature, [.. suite], results, strict);
            }

            xml.WriteEndElement();
        }

        return text.ToString() + "\n";
    }

    private static Outcome OutcomeOf(Verdict verdict, bool strict) => verdict switch
    {
        Verdict.Environment or Verdict.HarnessError => Outcome.Error,
        Verdict.Unsupported or Verdict.Known => Outcome.Skipped,
        _ => verdict.IsUnexpected(strict) ? Outcome.Failure : Outcome.Passed,
    };

    private static void WriteCounts(XmlWriter xml, IReadOnlyCollection<ScenarioRecord> scenarios, bool strict)
    {
        int Count(Outcome outcome) => scenarios.Count(scenario => OutcomeOf(scenario.Verdict, strict) == outcome);

        xml.WriteAttributeString("tests", Number(scenarios.Count));
        xml.WriteAttributeString("failures", Number(Count(Outcome.Failure)));
        xml.WriteAttributeString("errors", Number(Count(Outcome.Error)));
        xml.WriteAttributeString("skipped", Number(Count(Outcome.Skipped)));
        xml.WriteAttributeString("time", Seconds(scenarios.Sum(scenario => scenario.DurationMs)));
    }

    private static void WriteSuite(
        XmlWriter xml, string peer, string feature, IReadOnlyCollection<ScenarioRecord> scenarios, RunResults results, bool strict)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", XmlText.Clean($"{feature} ({peer})"));
        WriteCounts(xml, scenarios, strict);
        xml.WriteAttributeString("timestamp", results.Started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        foreach (var scenario in scenarios)
        {
            WriteCase(xml, scenario, strict);
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, ScenarioRecord scenario, bool strict)
    {
        var role = scenario.Role == Role.None ? "" : $" [{scenario.Role.ToText()}]";
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", XmlText.Clean($"{scenario.Peer}.{scenario.Feature}"));
        xml.WriteAttributeString("name", XmlText.Clean($"{scenario.Id} {scenario.Name}{role}"));
        xml.WriteAttributeString("time", Seconds(scenario.DurationMs));
        WriteProperties(xml, scenario);
        var message = XmlText.Clean(scenario.Message ?? scenario.Verdict.Meaning());
        var firstLine = message.Split('\n')[0];
        switch (OutcomeOf(scenario.Verdict, strict))
        {
            case Outcome.Failure:
                WriteResult(xml, "failure", scenario.Verdict, firstLine, message);
                break;
            case Outcome.Error:
                WriteResult(xml, "error", scenario.Verdict, firstLine, message);
                break;
            case Outcome.Skipped:
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", $"{scenario.Verdict.ToText()}: {firstLine}");
                xml.WriteEndElement();
                break;
            default:
                if (scenario.Message is not null)
                {
                    xml.WriteElementString("system-out", $"{scenario.Verdict.ToText()}: {message}");
                }

                break;
        }

        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, ScenarioRecord scenario)
    {
        xml.WriteStartElement("properties");
        WriteProperty(xml, "verdict", scenario.Verdict.ToText());
        WriteProperty(xml, "level", scenario.Level.ToText());
        WriteProperty(xml, "clauses", string.Join(' ', scenario.Clauses));
        if (scenario.Evidence is not null)
        {
            WriteProperty(xml, "evidence", scenario.Evidence);
        }

        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", XmlText.Clean(value));
        xml.WriteEndElement();
    }

    private static void WriteResult(XmlWriter xml, string element, Verdict verdict, string firstLine, string message)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("type", verdict.ToText());
        xml.WriteAttributeString("message", firstLine);
        xml.WriteString(message);
        xml.WriteEndElement();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture);

    private sealed class Utf8StringWriter : StringWriter
    {
        public Utf8StringWriter()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override Encoding Encoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }
}
