// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>
/// What pluto's NSS database has been given. Authorities, revocation lists and private keys are all scenarios', and stay; certificates go
/// with their scenario.
/// </summary>
internal sealed class NssStore : IDisposable
{
    /// <summary>Trusted to issue certificates of servers and of clients: pluto asks for both.</summary>
    private const string Trusted = "CT,C,C";

    private const string NotTrusted = ",,";
    private const string HasKey = "u,u,u";

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, string> _lasting = new(StringComparer.Ordinal);

    /// <summary>The nickname of a scenario's own certificate.</summary>
    /// <param name="connection">The scenario's name.</param>
    public static string OwnName(string connection) => $"{connection}-own";

    /// <summary>The nickname of the other side's certificate.</summary>
    /// <param name="connection">The scenario's name.</param>
    public static string RemoteName(string connection) => $"{connection}-remote";

    /// <summary>Brings into the database what a policy needs. Who comes second waits until the first has brought what both need.</summary>
    /// <param name="certificates">The certificates.</param>
    /// <param name="connection">The scenario's name.</param>
    /// <param name="demand">Makes requests.</param>
    public async Task ImportAsync(CertificatePeerPolicy certificates, string connection, Func<IReadOnlyList<PlutoRequest>, Task> demand)
    {
        await _one.WaitAsync();
        try
        {
            // Pluto reads the authorities when it first needs one, and not again while it is busy: one that came later would be a stranger to it.
            foreach (var anchor in AuthorityLine.TrustedRoots.Concat(certificates.Anchors))
            {
                await LastingAsync("ca", anchor.Der, name => Add(anchor, name, Trusted), demand);
            }

            foreach (var authority in certificates.Chain)
            {
                await LastingAsync("ca", authority.Der, name => Add(authority, name, NotTrusted), demand);
            }

            foreach (var list in certificates.RevocationLists)
            {
                await LastingAsync("crl", list.Der, name => File(name, list.Der.Span, $"crlutil {name}"), demand);
            }

            if (certificates.Own is { } own)
            {
                await LastingAsync("key", Encoding.ASCII.GetBytes(own.Key.Pem), name => File(name, KeyFile.Of(own.Key, name), $"import {name} {KeyFile.Password}"), demand);
            }
        }
        finally
        {
            _one.Release();
        }

        IEnumerable<PlutoRequest> requests =
        [
            .. certificates.Own is { } leaf ? Add(leaf, OwnName(connection), HasKey) : [],
            .. certificates.Remote is { } remote ? Add(remote, RemoteName(connection), NotTrusted) : [],
        ];
        if (requests.Any())
        {
            await demand([.. requests]);
        }
    }

    /// <summary>What takes a scenario's certificates out of the database again.</summary>
    /// <param name="certificates">The certificates.</param>
    /// <param name="connection">The scenario's name.</param>
    public static IEnumerable<PlutoRequest> Remove(CertificatePeerPolicy certificates, string connection)
    {
        ImmutableArray<string> names = [.. certificates.Own is null ? [] : (ReadOnlySpan<string>)[OwnName(connection)], .. certificates.Remote is null ? [] : (ReadOnlySpan<string>)[RemoteName(connection)]];
        return names.Select(name => PlutoRequest.CertUtil("-D", "-n", name));
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private static IReadOnlyList<PlutoRequest> Add(IssuedCertificate certificate, string name, string trust) =>
    [
        PlutoRequest.Write($"{name}.pem", certificate.Pem),
        PlutoRequest.CertUtil("-A", "-n", name, "-t", trust, "-a", "-i", $"/etc/ipsec.d/{name}.pem"),
        PlutoRequest.Line($"remove {name}.pem"),
    ];

    private static IReadOnlyList<PlutoRequest> File(string name, ReadOnlySpan<byte> content, string use) =>
        [PlutoRequest.Write(name, content), PlutoRequest.Line(use), PlutoRequest.Line($"remove {name}")];

    private static string Digest(ReadOnlySpan<byte> octets) => Convert.ToHexString(SHA256.HashData(octets));

    private async Task LastingAsync(string kind, ReadOnlyMemory<byte> what, Func<string, IReadOnlyList<PlutoRequest>> bring, Func<IReadOnlyList<PlutoRequest>, Task> demand)
    {
        var key = Digest(what.Span);
        if (!_lasting.ContainsKey(key))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{_lasting.Count + 1}");
            await demand(bring(name));
            _lasting.Add(key, name);
        }
    }
}
