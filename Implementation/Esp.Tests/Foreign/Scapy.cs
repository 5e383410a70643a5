// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Text.Json.Nodes;
using Ipsec.Crypto;
using Ipsec.Sa;

namespace Ipsec.Esp.Tests.Foreign;

/// <summary>scapy's ESP and AH in a Python process, asked packet by packet.</summary>
internal sealed class Scapy : IDisposable
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    private static readonly Dictionary<string, string> IntegrityNames = new(StringComparer.Ordinal)
    {
        ["HMAC-MD5-96"] = "HMAC-MD5-96",
        ["HMAC-SHA1-96"] = "HMAC-SHA1-96",
        ["HMAC-SHA2-256-128"] = "SHA2-256-128",
        ["HMAC-SHA2-384-192"] = "SHA2-384-192",
        ["HMAC-SHA2-512-256"] = "SHA2-512-256",
        ["AES-CMAC-96"] = "AES-CMAC-96",
    };

    private readonly Process _process;

    private Scapy(Process process) => _process = process;

    /// <summary>What scapy calls a cipher, and the ICV size to give it; null for what it does not have.</summary>
    public static string? NameOf(EncryptionAlgorithm algorithm)
    {
        var family = algorithm.Name.Split('-') is [var first, var second, ..] ? $"{first}-{second}" : algorithm.Name;
        return family switch
        {
            "AES-CBC" or "AES-CTR" or "AES-CCM" or "NULL" or "CHACHA20-POLY1305" => family,

            // Its GCM has no short tags.
            "AES-GCM" when algorithm.IcvSize == 16 => family,
            "3DES-CBC" => "3DES",
            _ => null,
        };
    }

    public static string? NameOf(IntegrityAlgorithm algorithm) => IntegrityNames.GetValueOrDefault(algorithm.Name);

    /// <summary>Starts it, or says why there is none.</summary>
    public static Scapy? TryStart(out string reason)
    {
        reason = string.Empty;
        foreach (var interpreter in Interpreters)
        {
            var start = new ProcessStartInfo(interpreter, [Path.Combine(AppContext.BaseDirectory, "Foreign", "scapy_ipsec.py")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            Process? process;
            try
            {
                process = Process.Start(start);
            }
            catch (System.ComponentModel.Win32Exception missing)
            {
                reason += $"{interpreter}: {missing.Message} ";
                continue;
            }

            if (process!.StandardOutput.ReadLine() == "ready")
            {
                // Warnings about weak ciphers; nobody reads them, and they must not fill the pipe.
                process.ErrorDataReceived += static (_, _) => { };
                process.BeginErrorReadLine();
                return new Scapy(process);
            }

            var error = process.StandardError.ReadToEnd().Trim();
            process.Dispose();
            reason += $"{interpreter}: {error.Split('\n')[^1]} ";
            if (!error.Contains("No module named 'scapy'", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(error);
            }
        }

        return null;
    }

    /// <summary>Has it protect a packet.</summary>
    public byte[] Protect(SaParameters parameters, ReadOnlySpan<byte> packet, ulong sequenceNumber) =>
        Ask("protect", parameters, packet, sequenceNumber);

    /// <summary>Has it take a packet out of its protection.</summary>
    public byte[] Unprotect(SaParameters parameters, ReadOnlySpan<byte> packet, ulong sequenceNumber) =>
        Ask("unprotect", parameters, packet, sequenceNumber);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private byte[] Ask(string what, SaParameters parameters, ReadOnlySpan<byte> packet, ulong sequenceNumber)
    {
        var request = new JsonObject
        {
            ["do"] = what,
            ["spi"] = parameters.Spi,
            ["sequence"] = (uint)sequenceNumber,
            ["packet"] = Convert.ToHexStringLower(packet),
        };
        if (parameters.ExtendedSequenceNumbers)
        {
            request["esn"] = (uint)(sequenceNumber >> 32);
        }

        if (parameters.Mode == SaMode.Tunnel)
        {
            request["tunnel"] = new JsonArray(parameters.Source.ToString(), parameters.Destination.ToString());
        }

        Describe(parameters, request);
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        var answer = JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("scapy has ended"))!;
        return answer["packet"] is { } result
            ? Convert.FromHexString(result.GetValue<string>())
            : throw new InvalidOperationException($"scapy: {answer["problem"]}");
    }

    private static void Describe(SaParameters parameters, JsonObject request)
    {
        switch (parameters)
        {
            case EspSaParameters esp:
                request["protocol"] = "ESP";
                request["crypt"] = NameOf(esp.EncryptionAlgorithm);
                request["crypt_key"] = Convert.ToHexStringLower([.. esp.EncryptionKey.Span, .. esp.Salt.Span]);
                request["crypt_icv"] = esp.EncryptionAlgorithm.IsAead ? esp.EncryptionAlgorithm.IcvSize : null;
                request["auth"] = esp.IntegrityAlgorithm is { } integrity ? NameOf(integrity) : null;
                request["auth_key"] = Convert.ToHexStringLower(esp.IntegrityKey.Span);
                if (esp.Nat is { } nat)
                {
                    request["udp"] = new JsonArray(nat.SourcePort, nat.DestinationPort);
                }

                break;
            case AhSaParameters ah:
                request["protocol"] = "AH";
                request["auth"] = NameOf(ah.IntegrityAlgorithm);
                request["auth_key"] = Convert.ToHexStringLower(ah.IntegrityKey.Span);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(parameters), parameters, "Neither ESP nor AH.");
        }
    }
}
