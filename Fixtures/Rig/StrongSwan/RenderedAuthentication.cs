// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>How both sides prove who they are, in strongSwan's words. The daemon is given certificates, a reader their files' names.</summary>
internal sealed record RenderedAuthentication
{
    /// <summary>The rounds of both sides, with certificates.</summary>
    public required ImmutableArray<ConfigSection> Rounds { get; init; }

    /// <summary>The same with the names of the certificates' files.</summary>
    public required ImmutableArray<ConfigSection> WrittenRounds { get; init; }

    /// <summary>Keys and passwords, each as <c>load-shared</c> takes it.</summary>
    public required ImmutableArray<ConfigSection> Secrets { get; init; }

    /// <summary>The same as sections of <c>secrets</c>.</summary>
    public required ImmutableArray<ConfigSection> WrittenSecrets { get; init; }

    /// <summary>Certificates and revocation lists, each as <c>load-cert</c> takes it.</summary>
    public ImmutableArray<ConfigSection> Certificates { get; init; } = [];

    /// <summary>Private keys, each as <c>load-key</c> takes it.</summary>
    public ImmutableArray<ConfigSection> Keys { get; init; } = [];

    /// <summary>Certificates and revocation lists as files.</summary>
    public ImmutableArray<(string Name, string Text)> Files { get; init; } = [];
}
