// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Target;

namespace Ipsec.Fixtures.Cli.Arguments;

/// <summary>The options that name a device which the suite does not control.</summary>
internal sealed class TargetOptions
{
    private readonly Option<string?> _target = new("--target")
    {
        HelpName = "ADDRESS",
        Description = "A device that the suite does not control; with --profile. It is the peer 'target', alone unless --peer names more.",
    };

    private readonly Option<string?> _profile = Profile();

    /// <summary>The option of a profile.</summary>
    public static Option<string?> Profile() => new("--profile")
    {
        HelpName = "FILE",
        Description = "What is known of the device: credentials, identities, proposals, networks, roles, commands (YAML).",
    };

    /// <summary>Gives a command these options, and has them checked while it is parsed.</summary>
    public void AddTo(Command command)
    {
        command.Add(_target);
        command.Add(_profile);
        command.Validators.Add(result =>
        {
            if (TryRead(result, out _) is { } error)
            {
                result.AddError(error.Replace("\n", "; ", StringComparison.Ordinal));
            }
        });
    }

    /// <summary>The peers with the device among them, when there is one, and the choice of scenarios with it as its only peer when none was named.</summary>
    public (PeerCatalog Catalog, ScenarioChoice Choice) Join(ParseResult parsed, PeerCatalog catalog, ScenarioChoice choice)
    {
        _ = TryRead(parsed.CommandResult, out var driver);
        return driver is null
            ? (catalog, choice)
            : (new PeerCatalog([.. catalog.Drivers, driver]), choice with { NamedPeers = [.. choice.NamedPeers.Append(driver.Name).Distinct(StringComparer.Ordinal)] });
    }

    /// <summary>Reads a profile; the error is one line a problem.</summary>
    public static string? TryReadProfile(string path, out TargetProfile? profile)
    {
        var errors = ProfileFile.TryRead(path, out profile);
        return errors.Count == 0 ? null : string.Join('\n', errors);
    }

    private string? TryRead(CommandResult result, out TargetDriver? driver)
    {
        driver = null;
        var target = Value(result, _target);
        var path = Value(result, _profile);
        switch (target, path)
        {
            case (null, null):
                return null;
            case (null, _):
                return "--profile describes a device: say where it is with --target ADDRESS";
            case (_, null):
                return "--target needs a profile of the device: --profile FILE";
        }

        if (!IPAddress.TryParse(target, out var address) || address.AddressFamily != AddressFamily.InterNetwork)
        {
            return $"--target '{target}' is not an IPv4 address";
        }

        var error = TryReadProfile(path, out var profile);
        driver = profile is null ? null : new TargetDriver(address, profile);
        return error;
    }

    /// <summary>What was written after an option. Not its value: that cannot be asked for while an option may still lack one.</summary>
    private static string? Value(CommandResult result, Option option) => result.GetResult(option)?.Tokens.Select(token => token.Value).LastOrDefault();
}
