// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Libreswan;

namespace Ipsec.Fixtures.Rig.Tests.Libreswan;

/// <summary>Every misbehaviour that a scenario can ask for has its impairment.</summary>
public sealed class LibreswanImpairmentsTests
{
    private static IEnumerable<string> Names => Misbehaviours.Names;

    [TestCaseSource(nameof(Names))]
    public void IsToldWithWhack(string words) =>
        LibreswanImpairments.Requests(Misbehaviours.Find(words)).Should().NotBeEmpty().And.OnlyContain(request => request.What.StartsWith("whack --impair ", StringComparison.Ordinal));
}
