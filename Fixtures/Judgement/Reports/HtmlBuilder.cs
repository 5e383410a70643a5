// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// Builds HTML from interpolated strings: what the source says is markup, what a hole holds is text and is escaped. There is no way to forget.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends markup with escaped holes, and a line feed.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
        ArgumentNullException.ThrowIfNull(markup.Builder);
        _text.Append('\n');
    }

    /// <summary>Appends markup that was built by another builder, or stands in a resource of ours.</summary>
    public void AddMarkup(string markup) => _text.Append(markup).Append('\n');

    public override string ToString() => _text.ToString();

    /// <summary>Takes an interpolated string apart.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        public Markup(int literalLength, int formattedCount, HtmlBuilder builder)
        {
            Builder = builder;
            builder._text.EnsureCapacity(builder._text.Length + literalLength + (16 * formattedCount));
        }

        public HtmlBuilder Builder { get; }

        public void AppendLiteral(string markup) => Builder._text.Append(markup);

        public void AppendFormatted(string? text) => Builder._text.Append(WebUtility.HtmlEncode(XmlText.Clean(text ?? "")));

        public void AppendFormatted(int number) => Builder._text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(ulong number) => Builder._text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(double number) => Builder._text.Append(number.ToString("0.##", CultureInfo.InvariantCulture));
    }
}
