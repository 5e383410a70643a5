// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>These tests say themselves which peers there are, whatever the user asked the scenarios to run against.</summary>
[SetUpFixture]
public class OwnEnvironment
{
    [OneTimeSetUp]
    public void Forget() => Environment.SetEnvironmentVariable(RunOptions.PeersVariable, null);
}
