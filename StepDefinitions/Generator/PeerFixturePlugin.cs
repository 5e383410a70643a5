// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Generator;
using TechTalk.SpecFlow.Generator.Plugins;
using TechTalk.SpecFlow.Generator.UnitTestConverter;
using TechTalk.SpecFlow.Infrastructure;
using TechTalk.SpecFlow.UnitTestProvider;

[assembly: GeneratorPlugin(typeof(PeerFixturePlugin))]

namespace Ipsec.StepDefinitions.Generator;

/// <summary>What SpecFlow loads while it turns features into fixtures: adds the peer as a dimension of every fixture.</summary>
public sealed class PeerFixturePlugin : IGeneratorPlugin
{
    /// <inheritdoc/>
    public void Initialize(
        GeneratorPluginEvents generatorPluginEvents,
        GeneratorPluginParameters generatorPluginParameters,
        UnitTestProviderConfiguration unitTestProviderConfiguration)
    {
        // SpecFlow reports every build to its makers unless told not to. A build of this project tells nobody.
        Environment.SetEnvironmentVariable("SPECFLOW_TELEMETRY_ENABLED", "0");
        generatorPluginEvents.RegisterDependencies += (_, args) =>
        {
            args.ObjectContainer.RegisterTypeAs<PeerFixtureDecorator, ITestClassDecorator>("peer-fixture");
            args.ObjectContainer.RegisterTypeAs<FeatureLocationDecorator, ITestClassDecorator>("feature-location");
        };
    }
}
