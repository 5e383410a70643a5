// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults.Received;
using Ipsec.StepDefinitions.Tests.Support;

namespace Ipsec.StepDefinitions.Tests;

/// <summary>
/// The features of received fields are what the matrix makes. To write them anew, run these tests with CONFORMANCE_WRITE_FEATURES set to the path
/// of the folder Features.
/// </summary>
public sealed class ReceivedFieldsFeatureTests
{
    private const string Variable = "CONFORMANCE_WRITE_FEATURES";

    [OneTimeSetUp]
    public void WriteAnew()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            foreach (var feature in Features)
            {
                File.WriteAllText(Path.Combine(folder, feature.Path), feature.Text());
                File.WriteAllText(Path.Combine(FeatureText.Folder, feature.Path), feature.Text());
            }
        }
    }

    [TestCaseSource(nameof(Paths))]
    public void TheFileIsWhatTheMatrixMakes(string path)
    {
        var feature = Features.Single(feature => feature.Path == path);
        var file = Path.Combine(FeatureText.Folder, path);
        File.Exists(file).Should().BeTrue($"{path} is generated: run the tests with {Variable} set to the folder Features");
        File.ReadAllText(file).Should().Be(feature.Text(), $"{path} is generated: run the tests with {Variable} set to the folder Features");
    }

    [Test]
    public void NoOtherFileIsThere() => Directory.EnumerateFiles(FeatureText.Folder, "ReceivedFields*.feature", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(FeatureText.Folder, path)).Should().BeEquivalentTo(Paths);

    private static IEnumerable<ReceivedFieldsFeature> Features => ReceivedMatrix.Messages.Select(row => new ReceivedFieldsFeature(row));

    private static IEnumerable<string> Paths => Features.Select(feature => feature.Path);
}
