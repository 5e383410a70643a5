// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Which suite ran.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Commit">The commit it was built from.</param>
public sealed record SuiteRecord(string Version, string Commit);
