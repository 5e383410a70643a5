// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Cli.Arguments;

/// <summary>The options that choose scenarios and peers: the same for every command that has them.</summary>
/// <param name="hasPeers">Whether peers are chosen by option; a command may name them otherwise.</param>
internal sealed class SelectionOptions(bool hasPeers = true)
{
    private readonly Option<string[]> _peer = Repeatable(
        "--peer", "NAME", "A peer to run against; repeat for more. Default: every peer that can be started here.");
    private readonly Option<string[]> _select = Repeatable(
        "--select",
        "EXPR",
        "Only scenarios with this id, clause or leading part of one, @tag, or feature title. "
        + "A comma means or, a repeated option means and, * stands for any characters.");
    private readonly Option<string[]> _exclude = Repeatable("--exclude", "EXPR", "All but these scenarios; written like --select.");
    private readonly Option<string?> _role = new("--role")
    {
        HelpName = "initiator|responder",
        Description = "Only scenarios that judge this role.",
    };

    /// <summary>Gives a command these options, and has them checked while it is parsed.</summary>
    public void AddTo(Command command, PeerCatalog catalog)
    {
        if (hasPeers)
        {
            command.Add(_peer);
        }

        command.Add(_select);
        command.Add(_exclude);
        command.Add(_role);
        command.Validators.Add(result =>
        {
            if (!TryRead(result, catalog, out _, out var error))
            {
                result.AddError(error);
            }
        });
    }

    /// <summary>Reads the options of a command that was parsed without an error.</summary>
    public ScenarioChoice Read(ParseResult parsed, PeerCatalog catalog) =>
        TryRead(parsed.CommandResult, catalog, out var choice, out var error) ? choice : throw new ArgumentException(error, nameof(parsed));

    /// <summary>What is wrong with the manifests of the peers that are wanted.</summary>
    private static string[] ManifestErrors(ImmutableArray<string> peers, PeerCatalog catalog) =>
    [
        .. (peers.IsEmpty ? catalog.Drivers.Select(driver => driver.Name) : peers)
            .Select(name => catalog.TryFind(name, out var driver) ? driver : null).OfType<ContainerPeerDriver>().SelectMany(driver => driver.ManifestErrors()),
    ];

    private bool TryRead(
        CommandResult result, PeerCatalog catalog, [NotNullWhen(true)] out ScenarioChoice? choice, [NotNullWhen(false)] out string? error)
    {
        choice = null;
        error = null;
        var peers = Values(result, _peer).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (peers.FirstOrDefault(name => !catalog.TryFind(name, out _)) is { } unknown)
        {
            error = $"--peer: {catalog.Unknown(unknown)}";
            return false;
        }

        if (ManifestErrors(peers, catalog) is { Length: > 0 } wrong)
        {
            error = string.Join("; ", wrong);
            return false;
        }

        var role = Values(result, _role).LastOrDefault();
        if (!Selection.TryParse(Values(result, _select), Values(result, _exclude), role, out var selection, out var problem))
        {
            error = problem;
            return false;
        }

        choice = new ScenarioChoice(peers, selection);
        return true;
    }

    /// <summary>What was written after an option. Not its value: that cannot be asked for while an option may still lack one.</summary>
    private static IEnumerable<string> Values(CommandResult result, Option option) =>
        result.GetResult(option)?.Tokens.Select(token => token.Value) ?? [];

    private static Option<string[]> Repeatable(string name, string value, string description) => new(name)
    {
        HelpName = value,
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
