// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Where a run took place.</summary>
/// <param name="Os">The operating system's name and version.</param>
/// <param name="Kernel">The kernel's release.</param>
/// <param name="Engine">The container engine and its version, or null when none was used.</param>
public sealed record EnvironmentRecord(string Os, string Kernel, string? Engine);
