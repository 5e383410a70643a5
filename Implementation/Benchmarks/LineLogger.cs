// SPDX-License-Identifier: Apache-2.0

using System.Text;
using BenchmarkDotNet.Loggers;

namespace Ipsec.Benchmarks;

/// <summary>Hands BenchmarkDotNet's log on, a line at a time.</summary>
/// <param name="line">Takes a line.</param>
internal sealed class LineLogger(Action<string> line) : ILogger
{
    private readonly StringBuilder _text = new();

    public string Id => nameof(LineLogger);

    public int Priority => 0;

    public void Write(LogKind logKind, string text) => _text.Append(text);

    public void WriteLine() => WriteLine(LogKind.Default, string.Empty);

    public void WriteLine(LogKind logKind, string text)
    {
        line(_text.Append(text).ToString());
        _text.Clear();
    }

    public void Flush()
    {
    }
}
