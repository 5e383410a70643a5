// SPDX-License-Identifier: Apache-2.0

using System.CodeDom;
using TechTalk.SpecFlow.Generator;
using TechTalk.SpecFlow.Generator.Interfaces;
using TechTalk.SpecFlow.Generator.UnitTestConverter;

namespace Ipsec.StepDefinitions.Generator;

/// <summary>
/// Makes stack traces and test explorers lead to the feature file. SpecFlow names it relative to the generated file, which it expects
/// beside the feature; ours lies with the intermediate files.
/// </summary>
public sealed class FeatureLocationDecorator(ProjectSettings project) : ITestClassDecorator
{
    private const string FirstLine = "#line 1 \"";

    /// <inheritdoc/>
    public int Priority => 0;

    /// <inheritdoc/>
    public bool CanDecorateFrom(TestClassGenerationContext generationContext) => true;

    /// <inheritdoc/>
    public void DecorateFrom(TestClassGenerationContext generationContext)
    {
        var pragma = generationContext.TestClass.Members.OfType<CodeSnippetTypeMember>()
            .Single(member => member.Text.StartsWith(FirstLine, StringComparison.Ordinal));
        var location = generationContext.Document.DocumentLocation;
        var path = Path.Combine(project.ProjectFolder, location.FeatureFolderPath ?? "", Path.GetFileName(location.SourceFilePath));
        pragma.Text = $"{FirstLine}{path}\"";
    }
}
