// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>The step bindings by reflection, matched as SpecFlow does: keyword, and the expression over the whole text.</summary>
internal static class StepVocabulary
{
    public sealed record Binding(string Keyword, Regex Expression, MethodInfo Method)
    {
        public override string ToString() => $"[{Keyword}] {Method.DeclaringType!.Name}.{Method.Name}: {Expression}";
    }

    public static IReadOnlyList<Binding> Bindings { get; } =
    [
        .. from type in typeof(Words).Assembly.GetTypes()
           where type.GetCustomAttribute<BindingAttribute>() is not null
           from method in type.GetMethods()
           from attribute in method.GetCustomAttributes<StepDefinitionBaseAttribute>()
           from keyword in attribute.Types
           select new Binding($"{keyword}", Whole(attribute.Regex), method),
    ];

    private static IReadOnlyList<(Regex Expression, MethodInfo Method)> Transformations { get; } =
    [
        .. from method in typeof(Words).GetMethods()
           from attribute in method.GetCustomAttributes<StepArgumentTransformationAttribute>()
           select (Whole(attribute.Regex), method),
    ];

    public static IReadOnlyList<Binding> Matching(string keyword, string text) =>
        [.. Bindings.Where(binding => binding.Keyword == keyword && binding.Expression.IsMatch(text))];

    /// <summary>The arguments of a binding's method for a step's text.</summary>
    /// <exception cref="FormatException">A part of the text does not stand for what the method takes.</exception>
    public static object[] Arguments(Binding binding, string text, Table? table)
    {
        var parameters = binding.Method.GetParameters();
        string[] parts = [.. binding.Expression.Match(text).Groups.Values.Skip(1).Select(group => group.Value)];
        object[] arguments = [.. parts.Zip(parameters, (part, parameter) => Convert(part, parameter.ParameterType))];
        object[] all = table is null ? arguments : [.. arguments, table];
        return all.Length == parameters.Length
            ? all
            : throw new FormatException($"{binding} takes {parameters.Length} arguments, the step has {all.Length}");
    }

    private static object Convert(string part, Type type)
    {
        var fitting = Transformations.Where(t => t.Method.ReturnType == type && t.Expression.IsMatch(part)).ToArray();
        return fitting switch
        {
            [] => System.Convert.ChangeType(part, type, CultureInfo.InvariantCulture),
            [var (expression, method)] => method.Invoke(null, [expression.Match(part).Groups[1].Value])!,
            _ => throw new FormatException($"\"{part}\" can be read as {type.Name} in {fitting.Length} ways"),
        };
    }

    private static Regex Whole(string expression) => new($"^(?:{expression})$", RegexOptions.CultureInvariant);
}
