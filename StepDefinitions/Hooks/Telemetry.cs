// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;

namespace Ipsec.StepDefinitions.Hooks;

internal static class Telemetry
{
    /// <summary>SpecFlow reports every test run to its makers unless told not to before it starts. This suite's runs tell nobody.</summary>
#pragma warning disable CA2255 // A library should not have one: this assembly is the test run's own, and nothing of it is called earlier.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void SwitchOff() => Environment.SetEnvironmentVariable("SPECFLOW_TELEMETRY_ENABLED", "0");
}
