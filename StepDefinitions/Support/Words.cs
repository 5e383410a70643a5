// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Support;

/// <summary>What words of a step stand for.</summary>
[Binding]
public sealed class Words
{
    [StepArgumentTransformation("(west|east)")]
    public static Side Side(string name) => Enum.Parse<Side>(name, ignoreCase: true);

    [StepArgumentTransformation("(main|aggressive)")]
    public static Phase1Mode Mode(string name) => Enum.Parse<Phase1Mode>(name, ignoreCase: true);

    [StepArgumentTransformation("(tunnel|transport)")]
    public static SaMode Encapsulation(string name) => Enum.Parse<SaMode>(name, ignoreCase: true);

    [StepArgumentTransformation("(subnet|range|host)")]
    public static SelectorShape Shape(string name) => Enum.Parse<SelectorShape>(name, ignoreCase: true);

    [StepArgumentTransformation("(once|twice|one|two)")]
    public static int Number(string word) => word is "once" or "one" ? 1 : 2;

    [StepArgumentTransformation(@"(\d+) times?")]
    public static int Times(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
