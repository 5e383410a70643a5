// SPDX-License-Identifier: Apache-2.0

using System.Reflection;

namespace Ipsec.Gateway.Tests;

/// <summary>Data flows one way: each layer refers only to those before it, and nothing before Transports does I/O.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LayerTests
{
    private static readonly string[] Layers = ["Wire", "Crypto", "Ike", "Faults", "Sa", "Esp", "Transports", "Gateway", "Daemon"];

    private static readonly string[] InputOutput =
        ["System.Net.Sockets", "System.Net.Http", "System.IO.Pipes", "System.Diagnostics.Process", "System.Console", "System.IO.FileSystem.Watcher"];

    [TestCaseSource(nameof(Layers))]
    public void ALayerRefersOnlyToThoseBeforeIt(string layer)
    {
        var allowed = Layers.TakeWhile(l => l != layer).Select(l => $"Ipsec.{l}");
        References(layer).Where(name => name.StartsWith("Ipsec.", StringComparison.Ordinal)).Should().BeSubsetOf(allowed);
    }

    [TestCaseSource(nameof(Layers))]
    public void NothingBeforeTransportsDoesInputOrOutput(string layer)
    {
        if (Array.IndexOf(Layers, layer) < Array.IndexOf(Layers, "Transports"))
        {
            References(layer).Should().NotIntersectWith(InputOutput);
        }
    }

    [Test]
    public void WireAndCryptoDoNotKnowEachOther() => References("Crypto").Should().NotContain("Ipsec.Wire");

    private static IEnumerable<string> References(string layer) =>
        Assembly.Load($"Ipsec.{layer}").GetReferencedAssemblies().Select(a => a.Name!);
}
