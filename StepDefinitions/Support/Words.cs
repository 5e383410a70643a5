// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Ipsec.Fixtures.Rig.Scenes;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Support;

/// <summary>What words of a step stand for.</summary>
[Binding]
public sealed class Words
{
    [StepArgumentTransformation("(west|east)")]
    public static Side Side(string name) => Enum.Parse<Side>(name, ignoreCase: true);

    [StepArgumentTransformation("(once|twice|one|two)")]
    public static int Number(string word) => word is "once" or "one" ? 1 : 2;

    [StepArgumentTransformation(@"(\d+) times?")]
    public static int Times(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
