// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>A container or a network as the engine lists it.</summary>
/// <param name="Id">The engine's id.</param>
/// <param name="Name">The name people see.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Subnets">Of a network: its address ranges.</param>
internal sealed record EngineObject(string Id, string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Subnets)
{
    /// <summary>Whether it belongs to the suite.</summary>
    public bool IsOfSuite => Labels.ContainsKey(Ownership.SuiteLabel);

    /// <summary>The run it belongs to; null when it was made by hand.</summary>
    public Ownership? Owner => Ownership.From(Labels);
}
