// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Parties;

namespace Ipsec.Fixtures.Rig.Tests.Parties;

[Parallelizable(ParallelScope.All)]
public sealed class PartyNamesTests
{
    [Test]
    public void WhatThisProcessMakesIsNotLeftBehind()
    {
        var (one, other) = (PartyNames.Next("west"), PartyNames.Next("west"));
        one.Should().MatchRegex("^conf-[0-9]+\\.[0-9]+-[0-9]+-west$").And.NotBe(other);
        PartyNames.IsLeftBehind(one).Should().BeFalse();
    }

    [Test]
    public void WhatAnEarlierProcessOfTheSameNumberMadeIs() =>
        PartyNames.IsLeftBehind($"conf-{Ownership.Current.ProcessId}.1-3-west").Should().BeTrue();

    [TestCase("west")]
    [TestCase("conf-outer")]
    [TestCase("conf-1-west")]
    [TestCase("conf-999999999.1-3-west.old")]
    [TestCase("my-conf-999999999.1-3-west")]
    public void WhatOthersNamedIsNot(string name) => PartyNames.IsLeftBehind(name).Should().BeFalse();
}
