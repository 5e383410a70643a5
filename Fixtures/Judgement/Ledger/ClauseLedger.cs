// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CsvHelper;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Every clause that the suite tracks, by id. Made from the CSV files under <c>Features/Ledger</c>.</summary>
public sealed class ClauseLedger
{
    // The ledger is ours: a row that is not exactly RFC 4180 is a mistake to show, not one to mend.
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        TrackLineNumbers = true,
    };

    private readonly FrozenDictionary<string, Clause> _byId;

    private ClauseLedger(IReadOnlyList<Clause> all)
    {
        All = all;
        _byId = all.ToFrozenDictionary(clause => clause.Id, StringComparer.Ordinal);
    }

    /// <summary>A ledger without clauses.</summary>
    public static ClauseLedger Empty { get; } = new([]);

    /// <summary>The clauses in file order.</summary>
    public IReadOnlyList<Clause> All { get; }

    /// <summary>Reads the files of a ledger. A name is the file's name without extension.</summary>
    /// <exception cref="InvalidDataException">
    /// A row is wrong, or an id stands twice: the ledger is ours, so this is our bug. Names file and line.
    /// </exception>
    public static ClauseLedger Load(IEnumerable<(string Name, TextReader Reader)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var all = new List<Clause>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, reader) in files)
        {
            foreach (var (clause, place) in Read(name, reader))
            {
                if (!places.TryAdd(clause.Id, place))
                {
                    throw new InvalidDataException($"{place}: {clause.Id} stands already at {places[clause.Id]}");
                }

                all.Add(clause);
            }
        }

        return new ClauseLedger(all);
    }

    /// <summary>Reads every <c>*.csv</c> of a folder, by name.</summary>
    public static ClauseLedger LoadFolder(string folder)
    {
        var readers = new List<(string Name, TextReader Reader)>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
            {
                readers.Add((Path.GetFileNameWithoutExtension(path), File.OpenText(path)));
            }

            return Load(readers);
        }
        finally
        {
            readers.ForEach(file => file.Reader.Dispose());
        }
    }

    /// <summary>Finds a clause by its exact id.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Clause? clause) => _byId.TryGetValue(id, out clause);

    private static List<(Clause Clause, string Place)> Read(string name, TextReader reader)
    {
        try
        {
            using var csv = CsvReader.Create(reader, Options, leaveOpen: true);
            var rows = new List<(Clause, string)>();
            while (csv.Read())
            {
                var place = $"{name} line {csv.LineNumber}";
                rows.Add((ReadClause(csv, name, place), place));
            }

            return rows;
        }
        catch (CsvFormatException error)
        {
            throw new InvalidDataException($"{name} line {error.LineNumber}: {error.Message}", error);
        }
    }

    private static Clause ReadClause(CsvReader csv, string name, string place)
    {
        string Column(string column)
        {
            var text = csv.TryGetFieldIndex(column, out var index) ? csv.GetString(index) : "";
            return string.IsNullOrWhiteSpace(text) ? throw new InvalidDataException($"{place}: no {column}") : text;
        }

        var levelText = Column("level");
        if (!int.TryParse(Column("priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var priority))
        {
            throw new InvalidDataException($"{place}: priority '{Column("priority")}' is not a number");
        }

        var level = levelText switch
        {
            "MUST" or "MUST NOT" => Level.Must,
            "SHOULD" or "SHOULD NOT" => Level.Should,
            "MAY" => Level.May,
            _ => throw new InvalidDataException($"{place}: level '{levelText}' is not MUST, MUST NOT, SHOULD, SHOULD NOT or MAY"),
        };
        return new Clause(
            Column("id"), level, levelText, Column("role"), Column("requirement"), Column("how_observed"), Column("testable"), priority)
        {
            Verified = Column("verified") == "yes",
            Ledger = name,
        };
    }
}
