// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Where a scenario's evidence lies: <c>OUT/evidence/PEER/ID/</c>, and what stands in it.</summary>
public sealed class EvidenceFolder
{
    private const string Root = "evidence";
    private const string CaptureFile = "capture.pcapng";
    private const string TraceFile = "messages.json";
    private const string SequenceFile = "sequence.mmd";
    private const string PeerLogFile = "peer.log";
    private const string SasFile = "sas.json";
    private const string WiresharkFolder = "wireshark";

    private static readonly string[] Own = [CaptureFile, TraceFile, SequenceFile, PeerLogFile, SasFile, WiresharkFolder];

    /// <summary>Names the folder of a scenario against a peer. Nothing is made yet.</summary>
    /// <param name="resultsFolder">The results' folder (OUT).</param>
    /// <param name="peer">The peer's name.</param>
    /// <param name="id">The scenario's id.</param>
    /// <param name="variant">Sets apart several outcomes of one scenario and peer, for example a role or a repetition; empty for none.</param>
    public EvidenceFolder(string resultsFolder, string peer, string id, string variant = "")
    {
        var name = variant.Length == 0 ? id : $"{id}.{variant}";
        RelativePath = $"{Root}/{Safe(peer)}/{Safe(name)}";
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(resultsFolder), Root, Safe(peer), Safe(name));
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The folder seen from the results' folder, with forward slashes: what a record's evidence says.</summary>
    public string RelativePath { get; }

    /// <summary>The capture.</summary>
    public string CapturePath => System.IO.Path.Combine(Path, CaptureFile);

    /// <summary>Makes the folder and starts its capture.</summary>
    public PcapngWriter StartCapture(string interfaceName)
    {
        Directory.CreateDirectory(Path);
        return new PcapngWriter(File.Create(CapturePath), interfaceName);
    }

    /// <summary>Makes the folder and writes everything.</summary>
    public void Write(EvidenceContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Directory.CreateDirectory(Path);
        if (content.CaptureFile is { } capture && System.IO.Path.GetFullPath(capture) != CapturePath)
        {
            File.Copy(capture, CapturePath, overwrite: true);
        }

        WriteText(TraceFile, content.Trace.ToJson());
        WriteText(SequenceFile, SequenceMermaid.Render(content.Trace.ToLadder()));
        WiresharkProfile.Write(System.IO.Path.Combine(Path, WiresharkFolder), content.IkeV1Keys, content.EspKeys);
        WriteText(PeerLogFile, content.PeerLog);
        WriteText(SasFile, content.SasJson);
        foreach (var (name, text) in content.PeerConfiguration)
        {
            var file = Safe(name);
            if (Own.Contains(file, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"a peer's configuration cannot be named {file}: the folder has such a file of its own", nameof(content));
            }

            WriteText(file, text);
        }
    }

    /// <summary>Removes the folder, for a scenario whose evidence is not kept.</summary>
    public void Delete()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>Reads the trace of an evidence folder; null when there is none.</summary>
    public static Trace? ReadTrace(string evidenceFolder)
    {
        var path = System.IO.Path.Combine(evidenceFolder, TraceFile);
        return File.Exists(path) ? Trace.Parse(File.ReadAllText(path)) : null;
    }

    /// <summary>A name that is one path segment on every system: what is no letter, digit, dot or hyphen becomes an underscore.</summary>
    private static string Safe(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var safe = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '_'));
        return safe.Trim('.').Length == 0 ? safe.Replace('.', '_') : safe;
    }

    private void WriteText(string name, string? text)
    {
        if (text is not null)
        {
            WholeFile.Write(System.IO.Path.Combine(Path, name), text);
        }
    }
}
