// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>
/// The peer's daemon ended by itself while the suite talked to it. For the scenario whose packet came last before that it is a
/// finding; for all others, an environment that is gone.
/// </summary>
/// <param name="crash">What is known of it.</param>
/// <param name="message">All of it, with what the container printed last.</param>
/// <param name="innerException">What it was noticed by; null when it was looked for.</param>
public sealed class PeerCrashedException(PeerCrash crash, string message, Exception? innerException) : EnvironmentException(message, innerException!)
{
    /// <summary>What is known of the crash.</summary>
    public PeerCrash Crash { get; } = crash;
}
