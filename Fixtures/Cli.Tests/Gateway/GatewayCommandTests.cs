// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Daemon.Configuration;
using Ipsec.Fixtures.Cli.Gateway;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests.Gateway;

/// <summary>The command <c>gateway</c>, as far as it needs neither root nor a network.</summary>
public sealed class GatewayCommandTests
{
    [Test]
    public void ThereAreExamples() => ExampleFiles.Names.Should().BeEquivalentTo("tunnel", "transport", "certificates");

    [TestCase("tunnel")]
    [TestCase("transport")]
    public async Task AnExampleIsARightConfiguration(string name)
    {
        using var terminal = new TestTerminal();
        (await CommandLine.RunAsync(["gateway", "--example", name], PeerCatalog.Default, terminal.Terminal)).Should().Be(0);

        GatewayFile.TryParse($"{name}.yaml", terminal.OutText, out var settings).Should().BeEmpty();
        settings!.Connections.Should().NotBeEmpty();
    }

    [Test]
    public void TheExampleOfCertificatesLacksNothingButTheFiles()
    {
        ExampleFiles.TryRead("certificates", out var text).Should().BeTrue();

        GatewayFile.TryParse("certificates.yaml", text!, out _).Select(error => error.Field).Should().Equal(
            "connections[0].certificate", "connections[0].key", "connections[0].ca");
    }

    [TestCase("gateway", "*needs --config FILE*")]
    [TestCase("gateway --example nothing", "*there is no example 'nothing'*tunnel*")]
    [TestCase("gateway --config /no/such/file.yaml --check", "/no/such/file.yaml:1: *")]
    [TestCase("gateway --config", "*--config needs a value*")]
    public async Task WrongArgumentsAreStatusTwo(string arguments, string message)
    {
        using var terminal = new TestTerminal();

        (await CommandLine.RunAsync(arguments.Split(' '), PeerCatalog.Default, terminal.Terminal)).Should().Be((int)ExitStatus.BadArguments);

        string.Join("\n", terminal.ErrorLines).Trim().Should().Match(message);
    }

    [Test]
    public async Task AConfigurationIsCheckedWithoutBeingUsed()
    {
        var folder = Directory.CreateTempSubdirectory("conf-");
        try
        {
            var file = Path.Combine(folder.FullName, "west.yaml");
            ExampleFiles.TryRead("tunnel", out var text);
            await File.WriteAllTextAsync(file, text);
            using var terminal = new TestTerminal();
            (await CommandLine.RunAsync(["gateway", "--config", file, "--check"], PeerCatalog.Default, terminal.Terminal)).Should().Be(0);

            await File.WriteAllTextAsync(file, text!.Replace("mode: main", "mode: quick", StringComparison.Ordinal));
            (await CommandLine.RunAsync(["gateway", "--config", file, "--check"], PeerCatalog.Default, terminal.Terminal)).Should().Be((int)ExitStatus.BadArguments);
            terminal.ErrorLines.Should().ContainSingle().Which.Should().StartWith($"{file}:50: connections[0].mode: ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task WhereNoGatewayRunsThatIsSaid()
    {
        var folder = Directory.CreateTempSubdirectory("conf-");
        try
        {
            var file = Path.Combine(folder.FullName, "west.yaml");
            ExampleFiles.TryRead("transport", out var text);
            await File.WriteAllTextAsync(file, text!.Replace("/run/conformance/host.sock", $"{folder.FullName}/none.sock", StringComparison.Ordinal));
            foreach (var option in (string[])["--status", "--stop"])
            {
                using var terminal = new TestTerminal();
                (await CommandLine.RunAsync(["gateway", "--config", file, option], PeerCatalog.Default, terminal.Terminal)).Should().Be((int)ExitStatus.Environment);
                terminal.ErrorLines.Should().ContainSingle().Which.Should().Contain("no gateway answers at");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
