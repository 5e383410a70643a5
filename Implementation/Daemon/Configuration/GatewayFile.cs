// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Transports.Linux;
using Microsoft.Extensions.Logging;

namespace Ipsec.Daemon.Configuration;

/// <summary>Reads a gateway's configuration file.</summary>
public static class GatewayFile
{
    private const int DefaultMtu = 1500;
    private const int MinMtu = 576;
    private const int MaxMtu = 65535;
    private const int DefaultTable = 1500;
    private const int DefaultPriority = 1500;
    private const int DefaultMark = 0x1FEC;

    /// <summary>Reads a file. Files that it names are relative to its folder.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="settings">What it says.</param>
    /// <returns>What is wrong, by line; the settings are there only when nothing is.</returns>
    public static IReadOnlyList<ConfigurationError> TryRead(string path, out GatewaySettings? settings) =>
        ConfigurationText.TryRead(path, TryParse, out settings);

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">Its path, for messages and for the files that it names.</param>
    /// <param name="text">Its text.</param>
    /// <param name="settings">What it says.</param>
    /// <returns>What is wrong, by line; the settings are there only when nothing is.</returns>
    public static IReadOnlyList<ConfigurationError> TryParse(string path, string text, out GatewaySettings? settings) =>
        ConfigurationText.TryParse(path, text, "connections", (_, fields, errors) => Read(fields, errors), out settings);

    private static GatewaySettings Read(YamlFields fields, ErrorList errors)
    {
        var name = fields.Value<string>("name", "gateway", Texts.Plain);
        var control = fields.Value<string>("control", GatewaySettings.DefaultControlSocket, ControlSocket);
        var level = fields.Choice(
            "log",
            LogLevel.Information,
            ("trace", LogLevel.Trace),
            ("debug", LogLevel.Debug),
            ("information", LogLevel.Information),
            ("warning", LogLevel.Warning),
            ("error", LogLevel.Error),
            ("none", LogLevel.None));
        var device = Device(fields.Section("device"));
        var plane = DataPlane(fields.Section("packets"), out var isMtuFound);
        var policy = fields.Sections("policy").Select(Entry).ToImmutableArray();
        if (!fields.Has("connections"))
        {
            fields.Fail("connections", "is missing");
        }

        var connections = fields.Sections("connections").Select(ConnectionReader.Read).ToImmutableArray();
        fields.RefuseOthers();
        if (errors.All.Count == 0)
        {
            CheckPolicies([.. connections.Select(connection => connection.Policy)], errors);
        }

        return new(name, control, level, device, plane, isMtuFound, policy, connections);
    }

    private static string? ControlSocket(string text, out string path)
    {
        // What fits into sockaddr_un, with the zero at its end.
        const int MaxLength = 107;
        path = text;
        return text.StartsWith('/') && text.Length <= MaxLength ? null : $"\"{text}\" is not an absolute path of up to {MaxLength} bytes";
    }

    private static DeviceSettings Device(YamlFields? fields)
    {
        if (fields is null)
        {
            return new("ipsec0", DefaultMtu, DefaultTable, DefaultPriority, DefaultMark);
        }

        var device = new DeviceSettings(
            fields.Value<string>("name", "ipsec0", DeviceName),
            fields.Integer("mtu", DefaultMtu, MinMtu, MaxMtu),
            fields.Integer("table", DefaultTable, 1, int.MaxValue),
            fields.Integer("priority", DefaultPriority, 1, 32765),
            fields.Integer("mark", DefaultMark, 1, int.MaxValue),
            fields.Flag("offload", true));
        fields.RefuseOthers();
        return device;
    }

    private static string? DeviceName(string text, out string name)
    {
        name = text;
        return text.Length is > 0 and <= TunDevice.MaxNameLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? null
            : $"\"{text}\" is no name of a device: up to {TunDevice.MaxNameLength} letters, digits, '-', '_' and '.'";
    }

    private static DataPlaneOptions DataPlane(YamlFields? fields, out bool isMtuFound)
    {
        const string Mtu = "mtu";
        const string Copy = "copy";
        isMtuFound = true;
        if (fields is null)
        {
            return new();
        }

        isMtuFound = fields.Text(Mtu) is null or "auto";
        var options = new DataPlaneOptions
        {
            LinkMtu = isMtuFound ? null : fields.Integer(Mtu, DefaultMtu, MinMtu, MaxMtu),
            Fragmentation = fields.Choice("fragment", FragmentationOrder.BeforeProtection, ("before", FragmentationOrder.BeforeProtection), ("after", FragmentationOrder.AfterProtection)),
            BelieveIcmp = fields.Flag("believe-icmp", true),
            Tunnel = new()
            {
                DontFragment = fields.Choice("df", DontFragmentPolicy.Copy, (Copy, DontFragmentPolicy.Copy), ("set", DontFragmentPolicy.Set), ("clear", DontFragmentPolicy.Clear)),
                HopLimit = (byte)fields.Integer("ttl", TunnelOptions.DefaultHopLimit, 1, byte.MaxValue),
                Dscp = fields.Text("dscp") is null or Copy ? null : (byte)fields.Integer("dscp", 0, 0, 63),
                CopyDscpInwards = fields.Flag("copy-dscp-inwards", false),
                Ecn = fields.Choice("ecn", EcnMode.Normal, ("normal", EcnMode.Normal), ("compatibility", EcnMode.Compatibility)),
                PadTo = fields.Integer("pad-to", 0, 0, MaxMtu),
            },
        };
        fields.RefuseOthers();
        return options;
    }

    private static SpdEntry Entry(YamlFields fields, int index)
    {
        var entry = new SpdEntry(
            fields.Value<string>("name", $"policy[{index}]", Texts.Plain),
            new(
                fields.RequiredValue<TrafficSelector>("local", TrafficSelector.Any, Texts.Selector),
                fields.RequiredValue<TrafficSelector>("remote", TrafficSelector.Any, Texts.Selector)),
            fields.Has("action") ? fields.Choice("action", SpdAction.Discard, ("bypass", SpdAction.Bypass), ("discard", SpdAction.Discard)) : SpdAction.Discard,
            fields.Choice("direction", TrafficDirections.Both, ("both", TrafficDirections.Both), ("in", TrafficDirections.Inbound), ("out", TrafficDirections.Outbound)));
        if (!fields.Has("action"))
        {
            fields.Fail("action", "is missing: bypass or discard");
        }

        fields.RefuseOthers();
        return entry;
    }

    /// <summary>What the implementation itself demands of policies, in the words of the file.</summary>
    private static void CheckPolicies(IReadOnlyList<ConnectionPolicy> connections, ErrorList errors)
    {
        foreach (var error in PolicyCheck.Check(connections))
        {
            errors.Add(PolicyFieldNames.InFile(error.Field), error.Problem);
        }

        for (var i = 0; i < connections.Count; i++)
        {
            foreach (var error in GatewayPolicyCheck.TryRead(connections[i], out _))
            {
                errors.Add(PolicyFieldNames.InFile($"connections[{i}]{error.Field[connections[i].Name.Length..]}"), error.Problem);
            }
        }
    }
}
