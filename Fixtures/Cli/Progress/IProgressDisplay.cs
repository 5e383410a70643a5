// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Progress;

/// <summary>Shows a run while it runs.</summary>
internal interface IProgressDisplay : IRunObserver
{
    /// <summary>Shows what happens until the work is done.</summary>
    Task ShowAsync(Task work);
}
