// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>Writes a configuration as swanctl.conf has it.</summary>
internal static class SwanctlText
{
    private const int Indentation = 2;

    /// <summary>The text of some sections.</summary>
    /// <param name="sections">Top level sections.</param>
    /// <returns>Lines that end with line feeds.</returns>
    public static string Write(params ReadOnlySpan<ConfigSection> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            Write(text, section, depth: 0);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ConfigEntry entry, int depth)
    {
        text.Append(' ', depth * Indentation).Append(entry.Name);
        switch (entry)
        {
            case ConfigSetting setting:
                text.Append(" = ").Append(Quote(setting.Value)).Append('\n');
                break;
            case ConfigList list:
                text.Append(" = ").AppendJoin(", ", list.Items.Select(Quote)).Append('\n');
                break;
            case ConfigSection section:
                text.Append(" {\n");
                foreach (var inner in section.Entries)
                {
                    Write(text, inner, depth + 1);
                }

                text.Append(' ', depth * Indentation).Append("}\n");
                break;
        }
    }

    /// <summary>What strongSwan's parser would take for syntax stands in quotes.</summary>
    private static string Quote(string value)
    {
        var isPlain = value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:@%+*".Contains(c, StringComparison.Ordinal));
        return isPlain ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
    }
}
