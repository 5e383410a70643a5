// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>A policy in strongSwan's words.</summary>
internal sealed record RenderedPolicy
{
    /// <summary>The connection, as <c>load-conn</c> takes it: its name is the connection's.</summary>
    public required ConfigSection Connection { get; init; }

    /// <summary>Pre-shared keys and users' passwords, each as <c>load-shared</c> takes it.</summary>
    public ImmutableArray<ConfigSection> Secrets { get; init; } = [];

    /// <summary>Certificates of authorities and revocation lists, each as <c>load-cert</c> takes it.</summary>
    public ImmutableArray<ConfigSection> Certificates { get; init; } = [];

    /// <summary>Private keys, each as <c>load-key</c> takes it.</summary>
    public ImmutableArray<ConfigSection> Keys { get; init; } = [];

    /// <summary>Inner addresses to assign, as <c>load-pool</c> takes them: its name is the pool's. Null for none.</summary>
    public ConfigSection? Pool { get; init; }

    /// <summary>The same as files: swanctl.conf, and the certificates that it names.</summary>
    public required ImmutableArray<(string Name, string Text)> Files { get; init; }
}
