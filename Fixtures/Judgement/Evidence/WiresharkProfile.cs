// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// The folder <c>wireshark</c> beside a capture: key tables and preferences, so that
/// <c>WIRESHARK_CONFIG_DIR=wireshark wireshark -r capture.pcapng</c> shows IKE and ESP decrypted.
/// </summary>
public static class WiresharkProfile
{
    /// <summary>Name of the IKEv1 key table.</summary>
    public const string IkeV1File = "ikev1_decryption_table";

    /// <summary>Name of the IKEv2 key table.</summary>
    public const string IkeV2File = "ikev2_decryption_table";

    /// <summary>Name of the ESP key table.</summary>
    public const string EspFile = "esp_sa";

    /// <summary>Name of the preferences.</summary>
    public const string PreferencesFile = "preferences";

    private static readonly string[] Warning =
    [
        "# These keys come from throw-away credentials that the conformance suite made for one scenario.",
        "# They protect nothing: the file exists so that anyone can open the capture beside it.",
    ];

    private static readonly string[] Preferences =
    [
        "esp.enable_encryption_decode: TRUE",
        "esp.enable_authentication_check: TRUE",
    ];

    /// <summary>Writes the folder; it is made, and its four files are replaced.</summary>
    public static void Write(string folder, IEnumerable<IkeV1Key> ikeV1, IEnumerable<EspKey> esp)
    {
        Directory.CreateDirectory(folder);
        WriteFile(folder, IkeV1File, ikeV1.Select(IkeV1Line));
        WriteFile(folder, IkeV2File, []);
        WriteFile(folder, EspFile, esp.Select(EspLine));
        WriteFile(folder, PreferencesFile, Preferences);
    }

    /// <summary>A row of <see cref="IkeV1File"/>: cookie and key in bare hexadecimal.</summary>
    public static string IkeV1Line(IkeV1Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return $"{key.InitiatorCookieHex.ToLowerInvariant()},{Convert.ToHexStringLower(key.EncryptionKey)}";
    }

    /// <summary>A row of <see cref="EspFile"/>: eight quoted fields.</summary>
    public static string EspLine(EspKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        string[] fields =
        [
            key.Source.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4",
            key.Source.ToString(),
            key.Destination.ToString(),
            "0x" + key.Spi.ToString("x8", CultureInfo.InvariantCulture),
            key.WiresharkEncryption,
            "0x" + Convert.ToHexStringLower(key.EncryptionKeyWithSalt),
            key.WiresharkAuthentication,
            "0x" + Convert.ToHexStringLower(key.AuthenticationKey),
        ];
        return string.Join(',', fields.Select(field => $"\"{field}\""));
    }

    private static void WriteFile(string folder, string name, IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in Warning.Concat(lines))
        {
            text.Append(line).Append('\n');
        }

        WholeFile.Write(Path.Combine(folder, name), text.ToString());
    }
}
