// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Tests.Run;

/// <summary>The steps tell what was done and what was claimed of it.</summary>
public class StepTrailTests
{
    [Test]
    public void BeforeTheFirstStepThereIsNothing()
    {
        var trail = new StepTrail();

        (trail.Current, trail.LastAction, trail.Claim).Should().Be((null, null, null));
    }

    [Test]
    public void WithoutAWhenTheLastGivenIsWhatWasDone()
    {
        var trail = new StepTrail();
        trail.Add("Given", "one");
        trail.Add("Given", "two");

        (trail.LastAction, trail.Claim).Should().Be(("Given two", null));
    }

    [Test]
    public void TheLastWhenIsWhatWasDoneAndTheCurrentThenIsTheClaim()
    {
        var trail = new StepTrail();
        trail.Add("Given", "one");
        trail.Add("When", "two");
        trail.Add("Then", "three");
        trail.Add("Then", "four");

        (trail.Current, trail.LastAction, trail.Claim).Should().Be(("Then four", "When two", "Then four"));
    }
}
