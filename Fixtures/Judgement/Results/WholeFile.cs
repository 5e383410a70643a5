// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Writes text files that appear whole or not at all: a run that is killed leaves no half report.</summary>
internal static class WholeFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, string text)
    {
        var draft = path + ".part";
        File.WriteAllText(draft, text, Utf8);
        File.Move(draft, path, overwrite: true);
    }
}
