// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ipsec.Fixtures.Cli.Arguments;

/// <summary>Says in one line what is wrong with the arguments, and what would have been right.</summary>
internal static class UsageError
{
    /// <summary>The line for arguments that could not be parsed.</summary>
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return Unmatched(command, parsed.UnmatchedTokens[0]);
        }

        var error = parsed.Errors[0];
        return error.SymbolResult is OptionResult { Tokens.Count: 0 } option
            ? $"{option.Option.Name} needs a value: {option.Option.Name} {option.Option.HelpName}"
            : command.Subcommands.Count > 0 ? $"no command: say one of {Names(command)} (--help explains them)"
            : error.Message.ReplaceLineEndings(" ");
    }

    private static string Unmatched(Command command, string token)
    {
        if (token.StartsWith('-'))
        {
            var known = command.Options.Where(option => option is not VersionOption).Select(option => option.Name);
            return $"unknown option '{token}' of {command.Name}: {Suggest(token, known)}";
        }

        return command.Subcommands.Count > 0
            ? $"unknown command '{token}': {Suggest(token, command.Subcommands.Select(sub => sub.Name))}"
            : $"'{token}' belongs to no option: {command.Name} takes options only, for example --select {token}";
    }

    private static string Suggest(string token, IEnumerable<string> known) =>
        Nearest.To(token, known) is { } nearest ? $"did you mean {nearest}?" : $"there are {string.Join(", ", known)}";

    private static string Names(Command command) => string.Join(", ", command.Subcommands.Select(sub => sub.Name));
}
