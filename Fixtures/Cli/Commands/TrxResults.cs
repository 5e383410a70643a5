// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>Reads the counts out of a TRX file: what <c>dotnet test</c> writes for machines.</summary>
internal static class TrxResults
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The counts of a file; all zero when it is missing: then nothing was run.</summary>
    public static TestCounts Read(string path) => !File.Exists(path)
        ? new TestCounts()
        : XDocument.Load(path).Descendants(Trx + "UnitTestResult")
            .Select(result => Count((string)result.Attribute("outcome")!))
            .Aggregate(new TestCounts(), (sum, count) => sum + count);

    private static TestCounts Count(string outcome) => outcome switch
    {
        "Passed" => new TestCounts(1, 0, 0),
        "NotExecuted" => new TestCounts(0, 0, 1),
        _ => new TestCounts(0, 1, 0),
    };
}
