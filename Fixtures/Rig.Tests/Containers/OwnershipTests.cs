// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.Tests.Containers;

/// <summary>Telling what a killed run left from what another run uses.</summary>
[TestFixture]
public sealed class OwnershipTests
{
    [Test]
    public void ThisProcessIsAlive() => Ownership.From(Ownership.Labels).Should().Be(Ownership.Current).And.Match<Ownership>(owner => owner.IsAlive);

    [Test]
    public void AnotherProcessWithTheSameIdIsNot() => (Ownership.Current with { Start = "another boot/1" }).IsAlive.Should().BeFalse();

    [Test]
    public void AnIdThatIsNotInUseIsNot() => (Ownership.Current with { ProcessId = int.MaxValue }).IsAlive.Should().BeFalse();

    [TestCase("")]
    [TestCase("4711")]
    [TestCase("x@y")]
    public void WhatNamesNoOwnerHasNone(string label) =>
        Ownership.From(new Dictionary<string, string> { [Ownership.SuiteLabel] = "1", [Ownership.OwnerLabel] = label }).Should().BeNull();
}
