// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// The results' folder of a run. Each record goes to <c>results.jsonl</c> and to the disk's queue as it comes, so that a run cut off anywhere loses
/// nothing but the line it was writing; <see cref="WriteAll"/> makes the reports at the end. Safe for concurrent use.
/// </summary>
public sealed class ResultsJournal : IDisposable
{
    /// <summary>Name of the journal in the results' folder.</summary>
    public const string FileName = "results.jsonl";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Lock _gate = new();
    private readonly List<PeerRecord> _peers;
    private readonly List<ScenarioRecord> _scenarios = [];
    private readonly FileStream _stream;

    /// <summary>Starts a journal in a folder, which is made; results that an earlier run left there are removed.</summary>
    public ResultsJournal(string folder, RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        Folder = Path.GetFullPath(folder);
        Header = header;
        _peers = [.. header.Peers];
        Directory.CreateDirectory(Folder);
        ResultsFolder.Clear(Folder);
        _stream = new FileStream(Path.Combine(Folder, FileName), FileMode.Create, FileAccess.Write, FileShare.Read);
        WriteLine(JsonSerializer.Serialize(header, ResultsJson.Line.RunHeader));
    }

    /// <summary>The results' folder.</summary>
    public string Folder { get; }

    /// <summary>What was known at the start.</summary>
    public RunHeader Header { get; }

    /// <summary>Appends an outcome.</summary>
    public void Append(ScenarioRecord scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        scenario = scenario with { DurationMs = Math.Round(scenario.DurationMs, 3) };
        var line = JsonSerializer.Serialize(scenario, ResultsJson.Line.ScenarioRecord);
        lock (_gate)
        {
            WriteLine(line);
            _scenarios.Add(scenario);
        }
    }

    /// <summary>Appends a peer that became known after the start; one of the same name is replaced.</summary>
    public void Append(PeerRecord peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var line = JsonSerializer.Serialize(peer, ResultsJson.Line.PeerRecord);
        lock (_gate)
        {
            WriteLine(line);
            PutPeer(_peers, peer);
        }
    }

    /// <summary>Everything appended so far.</summary>
    public RunResults ToResults(TimeSpan duration)
    {
        lock (_gate)
        {
            return RunResults.From(Header, duration, _peers, _scenarios);
        }
    }

    /// <summary>Writes <c>results.json</c> and all reports into the folder.</summary>
    public void WriteAll(RunResults results, ReportContext? context = null) => ResultsFolder.WriteAll(Folder, results, context);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _stream.Dispose();
        }
    }

    /// <summary>Rebuilds results from a journal file. The duration is what lies between the start and the file's last change.</summary>
    public static RunResults Recover(string path)
    {
        using var reader = new StreamReader(path, Utf8);
        var results = Recover(reader, TimeSpan.Zero);
        var duration = File.GetLastWriteTimeUtc(path) - results.Started.UtcDateTime;
        return results with { DurationMs = Math.Max(0, Math.Round(duration.TotalMilliseconds, 3)) };
    }

    /// <summary>Rebuilds results from a journal that may be cut off anywhere: a torn last line is dropped.</summary>
    /// <exception cref="InvalidDataException">
    /// A line before the last is not a record, or the first one is not a header: the file is no journal.
    /// </exception>
    public static RunResults Recover(TextReader journal, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(journal);
        RunHeader? header = null;
        var peers = new List<PeerRecord>();
        var scenarios = new List<ScenarioRecord>();
        var number = 0;
        for (var line = journal.ReadLine(); line is not null; number++)
        {
            var next = journal.ReadLine();
            try
            {
                ReadLine(line, ref header, peers, scenarios);
            }
            catch (JsonException error) when (next is not null)
            {
                throw new InvalidDataException($"{FileName} line {number + 1} is not a record: {error.Message}", error);
            }
            catch (JsonException)
            {
                // The last line was being written when the run ended.
                break;
            }

            line = next;
        }

        header ??= new RunHeader(new SuiteRecord("unknown", "unknown"), default, 0, new EnvironmentRecord("unknown", "unknown", null), []);
        return RunResults.From(header, duration, peers, scenarios);
    }

    private static void ReadLine(string line, ref RunHeader? header, List<PeerRecord> peers, List<ScenarioRecord> scenarios)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (header is null)
        {
            header = Read(root, ResultsJson.Line.RunHeader);
            peers.AddRange(header.Peers);
        }
        else if (root.TryGetProperty("data_plane", out _))
        {
            PutPeer(peers, Read(root, ResultsJson.Line.PeerRecord));
        }
        else
        {
            scenarios.Add(Read(root, ResultsJson.Line.ScenarioRecord));
        }
    }

    private static T Read<T>(JsonElement element, JsonTypeInfo<T> type)
        where T : class => element.Deserialize(type) ?? throw new JsonException("null is not a record");

    private static void PutPeer(List<PeerRecord> peers, PeerRecord peer)
    {
        var index = peers.FindIndex(known => known.Name == peer.Name);
        if (index < 0)
        {
            peers.Add(peer);
        }
        else
        {
            peers[index] = peer;
        }
    }

    private void WriteLine(string json)
    {
        // One write call a line: a reader never sees half a line unless the write itself was cut off.
        _stream.Write(Utf8.GetBytes(json + "\n"));
        _stream.Flush();
    }
}
