// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>A policy in Libreswan's words.</summary>
internal sealed record LibreswanPolicy
{
    /// <summary>The scenario's name, with which those of its connections begin.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the connections, one for each child.</summary>
    public required ImmutableArray<string> Children { get; init; }

    /// <summary>Names of the connections for what goes without an SA.</summary>
    public ImmutableArray<string> Shunts { get; init; } = [];

    /// <summary>Name of the connection that starts phase 1 and nothing after it.</summary>
    public required string Phase1Only { get; init; }

    /// <summary>All connections, as ipsec.conf has them.</summary>
    public required string Configuration { get; init; }

    /// <summary>Keys and passwords, as ipsec.secrets has them; empty for none.</summary>
    public required string Secrets { get; init; }

    /// <summary>Certificates to be had beforehand.</summary>
    public CertificatePeerPolicy? Certificates { get; init; }

    /// <summary>Users that extended authentication takes.</summary>
    public ImmutableArray<(string User, string Password)> Users { get; init; } = [];

    /// <summary>The name of a child's connection.</summary>
    /// <param name="child">The child's name.</param>
    public string Child(string child) => $"{Name}-{child}";
}
