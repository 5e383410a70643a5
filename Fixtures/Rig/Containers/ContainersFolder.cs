// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>Finds the folder <c>containers</c> of the checkout that this program belongs to.</summary>
internal static class ContainersFolder
{
    /// <summary>Names the root of the checkout when the program lies outside of it.</summary>
    public const string RootVariable = "CONFORMANCE_ROOT";

    private const string Marker = "ConformanceSuite.sln";
    private const string Folder = "containers";

    /// <summary>The folder's path.</summary>
    /// <exception cref="PeerUnavailableException">There is none.</exception>
    public static string Find()
    {
        var given = Environment.GetEnvironmentVariable(RootVariable);
        var root = string.IsNullOrEmpty(given) ? Above(AppContext.BaseDirectory) : given;
        var path = root is null ? null : Path.Combine(root, Folder);
        return Directory.Exists(path)
            ? path
            : throw new PeerUnavailableException(
                path is null ? $"no folder above {AppContext.BaseDirectory} is a checkout of the suite" : $"there is no {path}",
                $"export {RootVariable}=/path/to/the/checkout");
    }

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
