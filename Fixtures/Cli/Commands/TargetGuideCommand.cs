// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Net;
using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Target;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>target-guide</c>: what to configure on a device so that it is as its profile says.</summary>
internal static class TargetGuideCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal)
    {
        var profile = TargetOptions.Profile();
        var target = new Option<string?>("--target") { HelpName = "ADDRESS", Description = "The device's address, where it is known already." };
        var command = new Command("target-guide", "What to configure on a device that is to be tested with run --target: in words, as swanctl.conf and as ipsec.conf.") { profile, target };
        command.SetAction(parsed => Print(parsed.GetValue(profile), parsed.GetValue(target), terminal));
        return command;
    }

    private static int Print(string? path, string? target, Terminal terminal)
    {
        if (path is null)
        {
            return terminal.Fail((int)ExitStatus.BadArguments, "target-guide needs a profile: --profile FILE");
        }

        IPAddress? address = null;
        if (target is not null && !IPAddress.TryParse(target, out address))
        {
            return terminal.Fail((int)ExitStatus.BadArguments, $"--target '{target}' is not an address");
        }

        if (TargetOptions.TryReadProfile(path, out var profile) is { } error)
        {
            return terminal.Fail((int)ExitStatus.BadArguments, error);
        }

        terminal.Out.Write(TargetGuide.Write(profile!, address));
        return (int)ExitStatus.AsExpected;
    }
}
