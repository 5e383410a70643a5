// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Rig.Peers;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>Wrong arguments: exit status 2 and one line that says what would have been right.</summary>
public class ArgumentTests
{
    [TestCase("", "no command", "run, list, test")]
    [TestCase("rnu", "unknown command 'rnu'", "did you mean run?")]
    [TestCase("measure", "unknown command 'measure'", "there are run, list, test")]
    [TestCase("run --per self", "unknown option '--per'", "did you mean --peer?")]
    [TestCase("list --jsno", "unknown option '--jsno' of list", "did you mean --json?")]
    [TestCase("list --jobs 2", "unknown option '--jobs' of list", "there are --peer, --select, --exclude, --role, --json")]
    [TestCase("run --peer cisco", "unknown peer 'cisco'", "known are self, ghost")]
    [TestCase("run --peer", "--peer needs a value", "--peer NAME")]
    [TestCase("run --select", "--select needs a value", "--select EXPR")]
    [TestCase("run --select a,,b", "stray comma", "--select 'a,b'")]
    [TestCase("run --exclude @@must", "more than one @", "write for example --exclude")]
    [TestCase("run --role judge", "--role 'judge'", "initiator or responder")]
    [TestCase("run --jobs many", "--jobs 'many'", "whole number from 1 to 256")]
    [TestCase("run --jobs 0", "--jobs '0'", "whole number from 1 to 256")]
    [TestCase("run --repeat -3", "--repeat '-3'", "whole number from 1")]
    [TestCase("run --seed 1e3", "--seed '1e3'", "whole number from 0")]
    [TestCase("run --evidence some", "--evidence 'some'", "failed or all")]
    [TestCase("run --target 198.51.100.2", "--target needs a profile", "--profile FILE")]
    [TestCase("run --profile x.yaml", "--profile describes a device", "--target ADDRESS")]
    [TestCase("run --target west --profile x.yaml", "--target 'west'", "IPv4 address")]
    [TestCase("run --target 198.51.100.2 --profile /nowhere.yaml", "/nowhere.yaml:1: ", "Could not find file")]
    [TestCase("target-guide", "target-guide needs a profile", "--profile FILE")]
    [TestCase("run IKE1-MM-001", "'IKE1-MM-001' belongs to no option", "--select IKE1-MM-001")]
    [TestCase("test --select x", "unknown option '--select' of test", "there are --jobs, --seed")]
    public async Task AreRefusedInOneLine(string arguments, string wrong, string right)
    {
        using var terminal = new TestTerminal();
        var catalog = new PeerCatalog(new SelfDriver(), new GhostDriver());

        var status = await CommandLine.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), catalog, terminal.Terminal);

        status.Should().Be(2);
        terminal.ErrorLines.Should().ContainSingle().Which.Should().Contain(wrong).And.Contain(right);
        terminal.OutText.Should().BeEmpty();
    }

    [Test]
    public async Task AnEmptyTermIsRefused()
    {
        using var terminal = new TestTerminal();

        var status = await CommandLine.RunAsync(["run", "--select", ""], PeerCatalog.Default, terminal.Terminal);

        status.Should().Be(2);
        terminal.ErrorLines.Should().ContainSingle().Which.Should().Contain("--select RFC2409-5.4");
    }

    [TestCase("--help")]
    [TestCase("run --help")]
    public async Task HelpIsNoError(string arguments)
    {
        using var terminal = new TestTerminal();

        var status = await CommandLine.RunAsync(arguments.Split(' '), PeerCatalog.Default, terminal.Terminal);

        status.Should().Be(0);
        terminal.ErrorLines.Should().BeEmpty();
        terminal.OutText.Should().Contain("Usage:");
    }
}
