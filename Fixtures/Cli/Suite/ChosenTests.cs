// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Ipsec.Fixtures.Cli.Suite;

/// <summary>Lets NUnit run exactly these tests.</summary>
internal sealed class ChosenTests(IEnumerable<string> testIds) : TestFilter
{
    private readonly FrozenSet<string> _testIds = testIds.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Match(ITest test) => _testIds.Contains(test.Id);

    /// <inheritdoc/>
    public override TNode AddToXml(TNode parentNode, bool recursive) => parentNode.AddElement("chosen", $"{_testIds.Count} tests");
}
