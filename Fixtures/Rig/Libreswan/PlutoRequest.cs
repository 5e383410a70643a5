// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>A request to the control port of the container.</summary>
/// <param name="What">Its first line, for people.</param>
/// <param name="Octets">The request as it is sent.</param>
internal sealed record PlutoRequest(string What, byte[] Octets)
{
    /// <summary>How many octets pluto has logged.</summary>
    public static PlutoRequest LogSize { get; } = Line("size");

    /// <summary>The states that pluto has.</summary>
    public static PlutoRequest States { get; } = Whack("--showstates");

    /// <summary>A request of one line.</summary>
    public static PlutoRequest Line(string text) => new(text, Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Runs whack.</summary>
    public static PlutoRequest Whack(params ReadOnlySpan<string> arguments) => Program("whack", arguments);

    /// <summary>Runs certutil on pluto's NSS database.</summary>
    public static PlutoRequest CertUtil(params ReadOnlySpan<string> arguments) => Program("certutil", arguments);

    /// <summary>Writes a file of /etc/ipsec.d.</summary>
    public static PlutoRequest Write(string name, ReadOnlySpan<byte> content)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"write {name} {content.Length}");
        return new(first, [.. Encoding.UTF8.GetBytes(first + "\n"), .. content]);
    }

    /// <summary>Writes a file of /etc/ipsec.d.</summary>
    public static PlutoRequest Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Keeps a user's password for one connection.</summary>
    public static PlutoRequest User(string name, string connection, string password) =>
        new($"user {name} {connection}", Encoding.UTF8.GetBytes($"user {name} {connection}\n{password}\n"));

    private static PlutoRequest Program(string name, ReadOnlySpan<string> arguments)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{name} {arguments.Length}\n"));
        foreach (var argument in arguments)
        {
            text.Append(argument).Append('\n');
        }

        return new($"{name} {string.Join(' ', arguments!)}", Encoding.UTF8.GetBytes(text.ToString()));
    }
}
