// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>Makes a peer's image, unless one of the same content is there.</summary>
internal static class ImageBuilder
{
    private const int HashDigits = 8;
    private const int LinesOfFailure = 15;

    /// <summary>The image of a peer.</summary>
    /// <param name="engine">Where it is wanted.</param>
    /// <param name="peer">The peer's folder under <c>containers</c>.</param>
    /// <param name="request">Whether it may be built, and who is told.</param>
    /// <param name="suite">Debian's suite from which the daemon comes.</param>
    /// <returns>Its tag, for example <c>conformance/strongswan:bookworm-1a2b3c4d</c>: another content is another tag.</returns>
    /// <exception cref="PeerUnavailableException">It is missing and may not be built, or cannot.</exception>
    public static async Task<string> EnsureAsync(ContainerEngine engine, string peer, PeerStartRequest request, string suite = ContainerPeerDriver.DefaultSuite)
    {
        var containers = ContainersFolder.Find();
        var tag = $"conformance/{peer}:{suite}-{ContentHash(containers, [Path.Combine("debian", "runtime"), peer])}";
        if (await engine.Api.HasImageAsync(tag, request.Cancellation))
        {
            return tag;
        }

        var script = Path.Combine(containers, peer, "build");
        if (!request.MayInstall)
        {
            throw new PeerUnavailableException($"the image {tag} is not built", $"SUITE={suite} {script} {tag}");
        }

        request.Say($"building image {tag} (minutes the first time, seconds when only its configuration changed)");
        var watch = Stopwatch.StartNew();
        var (status, output) = await ChildProcess.RunAsync("env", [$"SUITE={suite}", script, tag], request.Cancellation);
        if (status != 0)
        {
            var last = output.Split('\n').TakeLast(LinesOfFailure);
            throw new PeerUnavailableException($"building image {tag} failed:\n{string.Join('\n', last)}", $"SUITE={suite} {script} {tag}");
        }

        request.Say($"built image {tag} in {watch.Elapsed.TotalSeconds:F0} s");
        return tag;
    }

    /// <summary>A hash of all files in these folders, their names included.</summary>
    /// <param name="root">The folder that names are relative to.</param>
    /// <param name="folders">Folders under it.</param>
    /// <returns>The first digits.</returns>
    public static string ContentHash(string root, IEnumerable<string> folders)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories));
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var content = File.ReadAllBytes(file);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(root, file)}\0{content.Length}\0")));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashDigits];
    }
}
