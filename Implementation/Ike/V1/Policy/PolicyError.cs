// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>What is wrong with a policy.</summary>
/// <param name="Field">Path of the field, e.g. "connections[0].children[1].suites".</param>
/// <param name="Problem">What is wrong and what would be right.</param>
public sealed record PolicyError(string Field, string Problem)
{
    /// <summary>One line for a person.</summary>
    /// <returns>Field and problem.</returns>
    public override string ToString() => $"{Field}: {Problem}";
}
