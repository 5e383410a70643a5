// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Daemon.Configuration;

/// <summary>What is wrong with a configuration file.</summary>
/// <param name="File">Path of the file, as it was given.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Field">Path of the field, e.g. "connections[0].children[1].suites[0]"; empty for the file as a whole.</param>
/// <param name="Problem">What is wrong and what would be right.</param>
public sealed record ConfigurationError(string File, long Line, string Field, string Problem)
{
    /// <summary>One line for a person, in the form that editors and compilers use.</summary>
    /// <returns>For example "west.yaml:12: connections[0].mode: "quick" is not one of main, aggressive".</returns>
    public override string ToString() => Field.Length == 0 ? $"{File}:{Line}: {Problem}" : $"{File}:{Line}: {Field}: {Problem}";
}
