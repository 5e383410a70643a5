// SPDX-License-Identifier: Apache-2.0

using System.Text;
using DotNet.Testcontainers.Configurations;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>What a container prints, line by line as it comes; the last lines are kept for whoever asks why it ended.</summary>
/// <param name="onLine">Gets every line.</param>
internal sealed class ContainerConsole(Action<string> onLine) : IOutputConsumer
{
    private const int KeptLines = 40;

    private readonly Queue<string> _last = new();

    /// <inheritdoc/>
    public bool Enabled => true;

    /// <inheritdoc/>
    public Stream Stdout => field ??= new LineStream(Take);

    /// <inheritdoc/>
    public Stream Stderr => field ??= new LineStream(Take);

    /// <summary>The last lines.</summary>
    public string Tail
    {
        get
        {
            lock (_last)
            {
                return string.Join('\n', _last);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stdout.Dispose();
        Stderr.Dispose();
    }

    private void Take(string line)
    {
        lock (_last)
        {
            _last.Enqueue(line);
            if (_last.Count > KeptLines)
            {
                _last.Dequeue();
            }
        }

        onLine(line);
    }

    /// <summary>A stream that is only written to and hands on complete lines.</summary>
    private sealed class LineStream(Action<string> onLine) : Stream
    {
        private readonly List<byte> _pending = [];

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            foreach (var octet in buffer.AsSpan(offset, count))
            {
                if (octet != '\n')
                {
                    _pending.Add(octet);
                    continue;
                }

                var line = Encoding.UTF8.GetString([.. _pending]).TrimEnd('\r');
                _pending.Clear();
                onLine(line);
            }
        }
    }
}
