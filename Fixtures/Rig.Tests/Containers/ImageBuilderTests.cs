// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.Tests.Containers;

/// <summary>The tag of an image follows from its content.</summary>
[TestFixture]
public sealed class ImageBuilderTests
{
    private string _root = null!;

    [SetUp]
    public void MakeFolder()
    {
        _root = Directory.CreateTempSubdirectory("image").FullName;
        Directory.CreateDirectory(Path.Combine(_root, "a"));
        File.WriteAllText(Path.Combine(_root, "a", "one"), "1");
        File.WriteAllText(Path.Combine(_root, "a", "two"), "2");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public void TheSameContentIsTheSameHash() => Hash().Should().Be(Hash()).And.MatchRegex("^[0-9a-f]{8}$");

    [Test]
    public void ContentAndNamesCount()
    {
        HashSet<string> hashes = [Hash()];
        File.WriteAllText(Path.Combine(_root, "a", "one"), "12");
        hashes.Add(Hash());
        File.WriteAllText(Path.Combine(_root, "a", "two"), "");
        hashes.Add(Hash());
        File.Move(Path.Combine(_root, "a", "two"), Path.Combine(_root, "a", "three"));
        hashes.Add(Hash());
        hashes.Should().HaveCount(4);
    }

    private string Hash() => ImageBuilder.ContentHash(_root, ["a"]);
}
