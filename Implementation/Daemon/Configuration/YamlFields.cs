// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Ipsec.Daemon.Configuration;

/// <summary>Reads a text.</summary>
/// <param name="text">The text.</param>
/// <param name="value">What it means.</param>
/// <returns>What is wrong with it; null for nothing.</returns>
internal delegate string? ParseText<T>(string text, out T value);

/// <summary>
/// The fields of a mapping, each asked for by its name. What is wrong is gathered, with the place of the field, and a value that serves in
/// the meantime is returned.
/// </summary>
internal sealed class YamlFields
{
    private readonly YamlMappingNode _node;
    private readonly string _path;
    private readonly ErrorList _errors;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public YamlFields(YamlMappingNode node, string path, ErrorList errors)
    {
        (_node, _path, _errors) = (node, path, errors);
        foreach (var (key, value) in node.Children)
        {
            errors.Locate(PathOf(Name(key)), key.Start.Line);
            if (value is YamlSequenceNode sequence)
            {
                for (var i = 0; i < sequence.Children.Count; i++)
                {
                    errors.Locate($"{PathOf(Name(key))}[{i}]", sequence.Children[i].Start.Line);
                }
            }
        }

        errors.Locate(path, node.Start.Line);
    }

    /// <summary>Says that something is wrong with a field, or with the mapping when the name is empty.</summary>
    public void Fail(string name, string problem) => _errors.Add(name.Length == 0 ? _path : PathOf(name), problem);

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text; null when the field is not there.</summary>
    public string? Text(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text }:
                return text;
            default:
                Fail(name, "must be a single value");
                return null;
        }
    }

    public string Required(string name)
    {
        if (!Has(name))
        {
            Fail(name, "is missing");
            return "";
        }

        return Text(name) ?? "";
    }

    public T Value<T>(string name, T fallback, ParseText<T> parse)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (parse(text, out var value) is { } problem)
        {
            Fail(name, problem);
            return fallback;
        }

        return value;
    }

    public T RequiredValue<T>(string name, T fallback, ParseText<T> parse)
    {
        if (!Has(name))
        {
            Fail(name, "is missing");
        }

        return Value(name, fallback, parse);
    }

    public bool Flag(string name, bool fallback) => Choice(name, fallback, ("yes", true), ("no", false), ("true", true), ("false", false));

    public int Integer(string name, int fallback, int min, int max) => Value(name, fallback, (string text, out int value) =>
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        var style = digits.Length == text.Length ? NumberStyles.None : NumberStyles.AllowHexSpecifier;
        return int.TryParse(digits, style, CultureInfo.InvariantCulture, out value) && value >= min && value <= max
            ? null
            : $"\"{text}\" is not a number from {min} to {max}";
    });

    public T Choice<T>(string name, T fallback, params (string Text, T Value)[] choices) => Value(name, fallback, (string text, out T value) =>
    {
        foreach (var choice in choices)
        {
            if (choice.Text.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                value = choice.Value;
                return null;
            }
        }

        value = fallback;
        return $"\"{text}\" is not one of {string.Join(", ", choices.Select(choice => choice.Text))}";
    });

    /// <summary>A list of texts; one alone may stand without list.</summary>
    public ImmutableArray<T> Values<T>(string name, ParseText<T> parse)
    {
        var values = ImmutableArray.CreateBuilder<T>();
        var node = Find(name);
        var items = node switch
        {
            null => [],
            YamlSequenceNode sequence => sequence.Children,
            _ => (IList<YamlNode>)[node],
        };
        for (var i = 0; i < items.Count; i++)
        {
            var place = node is YamlSequenceNode ? $"{name}[{i}]" : name;
            if (items[i] is not YamlScalarNode { Value: { } text })
            {
                Fail(place, "must be a single value");
            }
            else if (parse(text, out var value) is { } problem)
            {
                Fail(place, problem);
            }
            else
            {
                values.Add(value);
            }
        }

        return values.ToImmutable();
    }

    /// <summary>A mapping; null when it is not there.</summary>
    public YamlFields? Section(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new(mapping, PathOf(name), _errors);
            default:
                Fail(name, "must have fields of its own");
                return null;
        }
    }

    /// <summary>A list of mappings.</summary>
    public IReadOnlyList<YamlFields> Sections(string name)
    {
        if (Find(name) is not { } node)
        {
            return [];
        }

        if (node is not YamlSequenceNode sequence)
        {
            Fail(name, "must be a list");
            return [];
        }

        var sections = new List<YamlFields>();
        for (var i = 0; i < sequence.Children.Count; i++)
        {
            if (sequence.Children[i] is YamlMappingNode mapping)
            {
                sections.Add(new(mapping, $"{PathOf(name)}[{i}]", _errors));
            }
            else
            {
                Fail($"{name}[{i}]", "must have fields of its own");
            }
        }

        return sections;
    }

    /// <summary>The content of a file that a field names, relative to the configuration; null when there is none.</summary>
    public string? FileContent(string name, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(_errors.Folder, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(name, exception.Message);
            return null;
        }
    }

    /// <summary>Refuses the fields that nobody has asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var key in _node.Children.Keys)
        {
            var name = Name(key);
            if (!_asked.Contains(name))
            {
                _errors.AddAt(key.Start.Line, PathOf(name), $"is no field of this place; there are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
            }
        }
    }

    private static string Name(YamlNode key) => key is YamlScalarNode { Value: { } name } ? name : key.ToString();

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private YamlNode? Find(string name)
    {
        _asked.Add(name);
        return _node.Children.TryGetValue(new YamlScalarNode(name), out var value) && value is not YamlScalarNode { Value: null or "" or "~" or "null", Style: YamlDotNet.Core.ScalarStyle.Plain }
            ? value
            : null;
    }
}
