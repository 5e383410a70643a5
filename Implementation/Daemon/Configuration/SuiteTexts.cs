// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1;

namespace Ipsec.Daemon.Configuration;

/// <summary>Suites in the words of the RFCs, as <see cref="Phase1Suite.ToString"/> and <see cref="Phase2Suite.ToString"/> write them.</summary>
internal static class SuiteTexts
{
    private const string Esn = "ESN";
    private const string None = "none";
    private const uint SomeLifetime = 28800;

    /// <summary>"AES-CBC-128 / HMAC-SHA2-256 / MODP-2048".</summary>
    public static string? Phase1(string text, out Phase1Suite suite)
    {
        suite = null!;
        var parts = Split(text);
        if (parts.Length != 3)
        {
            return $"\"{text}\" is not cipher / hash / group, such as AES-CBC-128 / HMAC-SHA2-256 / MODP-2048";
        }

        if (!EncryptionAlgorithm.TryFind(parts[0], out var cipher))
        {
            return Unknown(parts[0], "cipher", EncryptionAlgorithm.All.Select(row => row.Name));
        }

        if (!PrfAlgorithm.TryFind(parts[1], out var hash))
        {
            return Unknown(parts[1], "hash", PrfAlgorithm.All.Select(row => row.Name));
        }

        if (!KeyExchangeMethod.TryFind(parts[2], out var group))
        {
            return Unknown(parts[2], "group", KeyExchangeMethod.All.Select(row => row.Name));
        }

        suite = new(cipher, hash, group, SomeLifetime);
        return null;
    }

    /// <summary>
    /// "ESP AES-GCM-16-128", "ESP AES-CBC-128 / HMAC-SHA2-256-128", "AH HMAC-SHA2-256-128", "AH HMAC-SHA1-96 and ESP AES-CBC-128 / none", each
    /// with " / ESN" behind it for 64-bit sequence numbers.
    /// </summary>
    public static string? Phase2(string text, out Phase2Suite suite)
    {
        suite = null!;
        var withoutEsn = text;
        if (Split(text) is [.., var last] && last.Equals(Esn, StringComparison.OrdinalIgnoreCase))
        {
            withoutEsn = text[..text.LastIndexOf('/')];
        }

        var protocols = withoutEsn.Split(" and ", StringSplitOptions.TrimEntries);
        var problem = protocols switch
        {
            [var only] when IsAh(only) => Ah(only, out suite),
            [var only] => Esp(only, out suite),
            [var outer, var inner] when IsAh(outer) && !IsAh(inner) => Bundle(outer, inner, out suite),
            _ => $"\"{text}\" is not ESP, AH, or \"AH ... and ESP ...\"",
        };
        if (problem is null && withoutEsn.Length != text.Length)
        {
            suite = suite with { UseEsn = true };
        }

        return problem;
    }

    public static string? Group(string text, out KeyExchangeMethod? group)
    {
        if (text.Equals(None, StringComparison.OrdinalIgnoreCase))
        {
            group = null;
            return null;
        }

        return KeyExchangeMethod.TryFind(text, out group) ? null : Unknown(text, "group", KeyExchangeMethod.All.Select(row => row.Name));
    }

    private static bool IsAh(string text) => text.StartsWith("AH ", StringComparison.OrdinalIgnoreCase);

    private static string[] Split(string text) => text.Split('/', StringSplitOptions.TrimEntries);

    private static string? Bundle(string outer, string inner, out Phase2Suite suite)
    {
        var problem = Ah(outer, out suite);
        return problem ?? Esp(inner, out suite, suite.AhIntegrity);
    }

    private static string? Ah(string text, out Phase2Suite suite)
    {
        suite = null!;
        var name = text[3..].Trim();
        if (!IntegrityAlgorithm.TryFind(name, out var integrity))
        {
            return Unknown(name, "integrity algorithm", IntegrityAlgorithm.All.Select(row => row.Name));
        }

        suite = Phase2Suite.Ah(integrity);
        return null;
    }

    private static string? Esp(string text, out Phase2Suite suite, IntegrityAlgorithm? ah = null)
    {
        suite = null!;
        var rest = text.StartsWith("ESP ", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
        var parts = Split(rest);
        if (!EncryptionAlgorithm.TryFind(parts[0], out var cipher))
        {
            return Unknown(parts[0], "cipher", EncryptionAlgorithm.All.Select(row => row.Name));
        }

        IntegrityAlgorithm? integrity = null;
        var isWithout = parts.Length == 2 && parts[1].Equals(None, StringComparison.OrdinalIgnoreCase);
        if (parts.Length > 2)
        {
            return $"\"{text}\" is not cipher / integrity algorithm";
        }

        if (parts.Length == 2 && !isWithout && !IntegrityAlgorithm.TryFind(parts[1], out integrity))
        {
            return Unknown(parts[1], "integrity algorithm", IntegrityAlgorithm.All.Select(row => row.Name));
        }

        if (cipher.IsAead ? integrity is not null || isWithout : integrity is null && !isWithout)
        {
            return cipher.IsAead
                ? $"{cipher.Name} has integrity of its own: it stands alone"
                : $"{cipher.Name} needs an integrity algorithm behind it, such as {cipher.Name} / HMAC-SHA2-256-128, or \"none\"";
        }

        var esp = isWithout ? Phase2Suite.EspWithoutIntegrity(cipher) : new Phase2Suite(cipher, integrity);
        suite = ah is null ? esp : Phase2Suite.AhAndEsp(ah, esp);
        return null;
    }

    private static string Unknown(string name, string kind, IEnumerable<string> known) => $"\"{name}\" is no {kind}; there are {string.Join(", ", known)}";
}
