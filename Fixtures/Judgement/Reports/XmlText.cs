// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Xml;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Text for XML 1.0, which cannot hold most control characters, not even escaped. A peer's log may hold any.</summary>
internal static class XmlText
{
    /// <summary>Drops what XML cannot hold, unpaired surrogates included, and makes line ends line feeds.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                clean.Append(text[i]).Append(text[i + 1]);
                i++;
            }
        }

        return clean.Replace("\r\n", "\n").Replace('\r', '\n').ToString();
    }
}
