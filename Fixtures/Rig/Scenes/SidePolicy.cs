// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Ike.V1;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>What one side of a scenario is willing to do, before addresses are known.</summary>
public sealed record SidePolicy
{
    private const uint Phase1Seconds = 28800;

    /// <summary>The pre-shared key. Throw-away: it protects nothing but test traffic.</summary>
    public string PreSharedKey { get; init; } = "a throw-away key of west and east";

    /// <summary>Phase 1 suites, most preferred first.</summary>
    public ImmutableArray<Phase1Suite> Phase1 { get; init; } = [Suite("AES-CBC-128", "HMAC-SHA2-256", "ECP-256")];

    /// <summary>ESP suites, most preferred first.</summary>
    public ImmutableArray<Phase2Suite> Esp { get; init; } = [EspSuite("AES-GCM-16-128")];

    /// <summary>Group for perfect forward secrecy; null for none.</summary>
    public KeyExchangeMethod? Pfs { get; init; }

    /// <summary>A phase 1 suite by the names of its parts.</summary>
    /// <param name="encryption">For example "AES-CBC-128".</param>
    /// <param name="hash">For example "HMAC-SHA2-256".</param>
    /// <param name="group">For example "MODP-2048".</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">A name is not in the algorithm table; the message lists those that are.</exception>
    public static Phase1Suite Suite(string encryption, string hash, string group) =>
        new(EncryptionAlgorithm.Named(encryption), PrfAlgorithm.Named(hash), KeyExchangeMethod.Named(group), Phase1Seconds);

    /// <summary>An ESP suite as scenarios write it: "AES-GCM-16-128", or "AES-CBC-128 and HMAC-SHA2-256-128".</summary>
    /// <param name="text">One or two names.</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">A name is not in the algorithm table.</exception>
    public static Phase2Suite EspSuite(string text) => text.Split(" and ") switch
    {
        [var aead] => new(EncryptionAlgorithm.Named(aead), null),
        [var encryption, var integrity] => new(EncryptionAlgorithm.Named(encryption), IntegrityAlgorithm.Named(integrity)),
        _ => throw new ArgumentException($"\"{text}\" is not an ESP suite: write one name, or two with \" and \" between them", nameof(text)),
    };
}
