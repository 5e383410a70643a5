// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>How both sides prove who they are, in Libreswan's words.</summary>
internal sealed record LibreswanCredentials
{
    /// <summary>Settings of the connection.</summary>
    public required ImmutableArray<(string Name, string Value)> Settings { get; init; }

    /// <summary>Lines of ipsec.secrets.</summary>
    public required string Secrets { get; init; }

    /// <summary>What the NSS database must have.</summary>
    public CertificatePeerPolicy? Certificates { get; init; }

    /// <summary>Users that extended authentication takes.</summary>
    public ImmutableArray<(string User, string Password)> Users { get; init; } = [];
}
