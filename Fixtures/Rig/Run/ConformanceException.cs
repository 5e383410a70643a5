// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>The judged side broke a clause. Thrown by an oracle or a step; becomes the scenario's verdict.</summary>
public sealed class ConformanceException(Failure failure) : Exception(failure.ToMessage(evidence: null))
{
    /// <summary>What is to be reported.</summary>
    public Failure Failure { get; } = failure;
}
