// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Ike;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Daemon.Configuration;

/// <summary>Reads a connection.</summary>
internal static class ConnectionReader
{
    private const int IkePort = 500;
    private const int IpAndUdpHeaders = 28;
    private const int DeadPeerQuestions = 3;

    public static ConnectionSettings Read(YamlFields fields)
    {
        var name = fields.RequiredValue<string>("name", "", Texts.Plain);
        if (name.Contains('/'))
        {
            fields.Fail("name", "must not contain '/', which stands between connection and child");
        }

        CheckVersion(fields);
        var local = fields.RequiredValue<IPAddress>("local", IPAddress.None, Texts.Address);
        var remote = fields.RequiredValue<IPAddress>("remote", IPAddress.None, Texts.RemoteAddress);
        if (local.AddressFamily != remote.AddressFamily && !remote.Equals(IPAddress.Any))
        {
            fields.Fail("remote", $"{remote} is of another version than {local}");
        }

        if (remote.Equals(IPAddress.Any) && local.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            remote = IPAddress.IPv6Any;
        }

        var credentials = CredentialReader.Read(fields);
        var mode = fields.Choice("mode", Phase1Mode.Main, ("main", Phase1Mode.Main), ("aggressive", Phase1Mode.Aggressive));
        var children = fields.Sections("children").Select(child => ChildReader.Read(child, local, remote)).ToImmutableArray();
        var policy = new ConnectionPolicy
        {
            Name = name,
            Local = new(local, IkePort),
            Remote = new(remote, IkePort),
            LocalIdentity = LocalIdentity(fields, credentials, local),
            RemoteIdentity = RemoteIdentity(fields, remote),
            PreSharedKey = credentials.PreSharedKey,
            Certificates = credentials.Certificates,
            Mode = mode,
            AcceptedModes = [mode],
            InitialContact = fields.Flag("initial-contact", true),
            Phase1 = Proposals(fields, credentials.Method),
            Children = [.. children.Select(child => child.Policy)],
            NatTraversal = new()
            {
                Mode = fields.Choice("nat-traversal", NatTraversalMode.Auto, ("auto", NatTraversalMode.Auto), ("off", NatTraversalMode.Off), ("force", NatTraversalMode.Force)),
                KeepaliveInterval = fields.Value<TimeSpan>("keepalive", TimeSpan.FromSeconds(20), Texts.Duration),
            },
            Fragmentation = new()
            {
                Mode = fields.Choice(
                    "fragmentation",
                    FragmentationMode.Yes,
                    ("off", FragmentationMode.Off),
                    ("accept", FragmentationMode.Accept),
                    ("yes", FragmentationMode.Yes),
                    ("force", FragmentationMode.Force)),
                MaximumDatagram = fields.Integer("fragment-size", new FragmentationPolicy().MaximumDatagram + IpAndUdpHeaders, 128, 65535) - IpAndUdpHeaders,
            },
            DeadPeerDetection = DeadPeerDetection(fields.Section("dpd")),
        };
        fields.RefuseOthers();
        return new(policy, [.. children.Select(child => child.Settings)]);
    }

    private static void CheckVersion(YamlFields fields)
    {
        switch (fields.Text("ike"))
        {
            case null or "1":
                break;
            case "2":
                fields.Fail("ike", "IKEv2 is not there yet; say 1");
                break;
            case var other:
                fields.Fail("ike", $"\"{other}\" is no version of IKE; say 1");
                break;
        }
    }

    private static IdentificationPayload LocalIdentity(YamlFields fields, Credentials credentials, IPAddress local)
    {
        var fallback = credentials.Certificates?.Chain is [var own, ..] ? IdentificationPayload.DistinguishedName(own.SubjectDer) : Texts.OfAddress(local);
        return fields.Value<IdentificationPayload?>("local-id", fallback, Texts.Identity) ?? fallback;
    }

    private static IdentityPattern RemoteIdentity(YamlFields fields, IPAddress remote)
    {
        if (fields.Text("remote-id") == "any")
        {
            return IdentityPattern.Any;
        }

        if (!fields.Has("remote-id") && (remote.Equals(IPAddress.Any) || remote.Equals(IPAddress.IPv6Any)))
        {
            fields.Fail("remote-id", "is missing; where any address may call it must be said who, or \"any\"");
        }

        var identity = fields.Value<IdentificationPayload?>("remote-id", Texts.OfAddress(remote), Texts.Identity);
        return identity is null ? IdentityPattern.Any : IdentityPattern.Exactly(identity);
    }

    private static ImmutableArray<Phase1Suite> Proposals(YamlFields fields, AuthenticationMethod method)
    {
        const string Name = "proposals";
        if (!fields.Has(Name))
        {
            fields.Fail(Name, "is missing; for example AES-CBC-128 / HMAC-SHA2-256 / MODP-2048");
        }

        var lifetime = fields.Value<uint>("lifetime", 28800, Texts.Lifetime);
        return [.. fields.Values<Phase1Suite>(Name, SuiteTexts.Phase1).Select(suite => suite with { Authentication = method, LifetimeSeconds = lifetime })];
    }

    /// <summary>Questions of the peer are answered in any case.</summary>
    private static DeadPeerDetectionPolicy DeadPeerDetection(YamlFields? fields)
    {
        if (fields is null)
        {
            return new() { Delay = TimeSpan.Zero };
        }

        var delay = fields.Value<TimeSpan>("delay", TimeSpan.FromSeconds(30), Texts.Duration);
        var timeout = fields.Value<TimeSpan>("timeout", delay + TimeSpan.FromSeconds(30), Texts.Duration);
        var action = fields.Choice("action", DeadPeerAction.Clear, ("clear", DeadPeerAction.Clear), ("hold", DeadPeerAction.Hold), ("restart", DeadPeerAction.Restart));
        if (timeout <= delay)
        {
            fields.Fail("timeout", $"must be longer than the delay of {delay.TotalSeconds} s");
        }

        fields.RefuseOthers();
        var left = timeout - delay;
        return new()
        {
            Delay = delay,
            Retransmission = new RetransmissionPolicy(left / DeadPeerQuestions, 1, DeadPeerQuestions - 1),
            Action = action,
        };
    }
}
