// SPDX-License-Identifier: Apache-2.0

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ipsec.Daemon.Configuration;

/// <summary>Files of one YAML document with fields. Whatever is wrong with one is told with file, line and field.</summary>
internal static class ConfigurationText
{
    /// <summary>Reads a file by its text.</summary>
    /// <typeparam name="T">What it says.</typeparam>
    /// <param name="path">Path of the file.</param>
    /// <param name="parse">Reads the text.</param>
    /// <param name="value">What it says; null when anything is wrong.</param>
    /// <returns>What is wrong, by line.</returns>
    public static IReadOnlyList<ConfigurationError> TryRead<T>(string path, Parse<T> parse, out T? value)
        where T : class
    {
        try
        {
            return parse(path, File.ReadAllText(path), out value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            value = null;
            return [new(path, 1, "", exception.Message)];
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <typeparam name="T">What it says.</typeparam>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="example">The name of a field that it must have.</param>
    /// <param name="read">Reads the fields; what it finds wrong goes into the list.</param>
    /// <param name="value">What it says; null when anything is wrong.</param>
    /// <returns>What is wrong, by line.</returns>
    public static IReadOnlyList<ConfigurationError> TryParse<T>(
        string path, string text, string example, Func<YamlMappingNode, YamlFields, ErrorList, T> read, out T? value)
        where T : class
    {
        value = null;
        var errors = new ErrorList(path);
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            errors.AddAt(exception.Start.Line, "", exception.InnerException?.Message ?? exception.Message);
            return errors.All;
        }
        catch (InvalidOperationException)
        {
            // The parser's answer to a text that ends within a list.
            errors.AddAt(text.Split('\n').Length, "", "is no YAML: something is not closed");
            return errors.All;
        }

        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            errors.AddAt(1, "", $"must be one document with fields such as \"{example}\"");
            return errors.All;
        }

        var result = read(root, new YamlFields(root, "", errors), errors);
        value = errors.All.Count == 0 ? result : null;
        return errors.All;
    }

    /// <summary>Reads the text of a file.</summary>
    /// <typeparam name="T">What it says.</typeparam>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="value">What it says; null when anything is wrong.</param>
    /// <returns>What is wrong, by line.</returns>
    public delegate IReadOnlyList<ConfigurationError> Parse<T>(string path, string text, out T? value)
        where T : class;
}
