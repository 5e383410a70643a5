// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Text;
using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>
/// Pluto's log as it is written. It serves as the stream of events that pluto has not: whatever changes an SA writes a line, and pluto
/// takes the next command only after it has done what the line announced.
/// </summary>
internal sealed class PlutoLog : IDisposable
{
    private const int BufferSize = 262144;
    private const int LinesToKeep = 50_000;

    private readonly Socket _socket;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly SortedSet<(long Start, int Owner)> _readers = [];
    private readonly ChangeSignal _growth = new();
    private long _dropped;
    private long _octets;
    private volatile bool _hasEnded;

    private PlutoLog(Socket socket) => _socket = socket;

    /// <summary>Pulses whenever pluto's states may have changed.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>What the log tells about states.</summary>
    public PlutoNotes Notes { get; } = new();

    /// <summary>Whether no more of it comes.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Starts to read, from the log's beginning.</summary>
    public static async Task<PlutoLog> FollowAsync(IPAddress local, IPEndPoint remote, CancellationToken cancellation)
    {
        var socket = await ControlSocket.ConnectAsync(local, remote, cancellation);
        var log = new PlutoLog(socket);
        await socket.SendAsync(PlutoRequest.Line("follow").Octets, SocketFlags.None, cancellation);
        _ = Task.Run(log.ReadAsync, CancellationToken.None);
        return log;
    }

    /// <summary>Keeps what is written from now on for somebody.</summary>
    /// <param name="owner">A number of his own.</param>
    public void Keep(int owner)
    {
        lock (_gate)
        {
            _readers.Add((_dropped + _lines.Count, owner));
        }
    }

    /// <summary>Lets go of what was kept for somebody.</summary>
    /// <param name="owner">His number.</param>
    public void Release(int owner)
    {
        lock (_gate)
        {
            _readers.RemoveWhere(reader => reader.Owner == owner);
            var needed = _readers.Count > 0 ? _readers.Min.Start : _dropped + _lines.Count;
            if (needed - _dropped > LinesToKeep)
            {
                _lines.RemoveRange(0, (int)(needed - _dropped));
                _dropped = needed;
            }
        }
    }

    /// <summary>What was kept for somebody.</summary>
    /// <param name="owner">His number.</param>
    /// <returns>Lines, all scenarios' among them.</returns>
    public IReadOnlyList<string> Read(int owner)
    {
        lock (_gate)
        {
            var start = _readers.Where(reader => reader.Owner == owner).Select(reader => reader.Start).FirstOrDefault(_dropped);
            return _lines[(int)(start - _dropped)..];
        }
    }

    /// <summary>Waits until so many octets have been read.</summary>
    /// <exception cref="IOException">They do not come.</exception>
    public async Task WaitForAsync(long octets, TimeSpan deadline)
    {
        using var limit = new CancellationTokenSource(deadline);
        var late = Task.Delay(Timeout.InfiniteTimeSpan, limit.Token);
        while (true)
        {
            var growth = _growth.Next;
            if (Interlocked.Read(ref _octets) >= octets)
            {
                return;
            }

            if (_hasEnded || await Task.WhenAny(growth, late) == late)
            {
                throw new IOException($"pluto has logged {octets} octets, and {Interlocked.Read(ref _octets)} have come");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[BufferSize];
        var pending = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(pending), SocketFlags.None) is > 0 and var received)
            {
                var end = pending + received;
                var whole = buffer.AsSpan(0, end).LastIndexOf((byte)'\n') + 1;
                if (whole == 0 && end == buffer.Length)
                {
                    // No line is that long; what is no line is no news.
                    whole = end;
                }

                Take(Encoding.UTF8.GetString(buffer, 0, whole));
                buffer.AsSpan(whole, end - whole).CopyTo(buffer);
                pending = end - whole;
                Interlocked.Add(ref _octets, whole);
                _growth.Pulse();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The container has ended, or the run; whoever waits for the log learns it by HasEnded.
        }

        _hasEnded = true;
        _growth.Pulse();
        Changes.Pulse();
    }

    private void Take(string text)
    {
        var isNews = false;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // What whack was answered is in the log, too.
            if (line.Contains(": |] ", StringComparison.Ordinal))
            {
                continue;
            }

            Notes.Take(line);
            isNews |= !line.Contains(": | ", StringComparison.Ordinal) || line.Contains(" => ", StringComparison.Ordinal);
            lock (_gate)
            {
                _lines.Add(line);
            }
        }

        if (isNews)
        {
            Changes.Pulse();
        }
    }
}
