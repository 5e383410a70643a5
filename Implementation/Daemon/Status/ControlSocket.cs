// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Text;
using Ipsec.Daemon.Runtime;
using Microsoft.Extensions.Logging;

namespace Ipsec.Daemon.Status;

/// <summary>
/// The socket by which a running gateway is asked and stopped: one line in, the answer out, end. Only for the user whose gateway it is.
/// </summary>
internal sealed class ControlSocket : IDisposable
{
    /// <summary>Asks for the report, as JSON.</summary>
    public const string StatusRequest = "status";

    /// <summary>Asks the gateway to stop; the connection ends when it has.</summary>
    public const string StopRequest = "stop";

    private const int LongestRequest = 64;
    private const int Backlog = 8;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly Func<string> _status;
    private readonly Func<Task> _stop;
    private readonly ILogger _log;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _answers = [];
    private readonly Task _serving;

    /// <summary>Opens it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="status">Makes the report.</param>
    /// <param name="stop">Stops the gateway; ends when it has stopped.</param>
    /// <param name="log">The log.</param>
    /// <exception cref="IOException">There is a gateway that answers at this path, or the path cannot be used.</exception>
    public ControlSocket(string path, Func<string> status, Func<Task> stop, ILogger log)
    {
        (_path, _status, _stop, _log) = (path, status, stop, log);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
        {
            RemoveDead(path);
        }

        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            _listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, OnlyOwner);
            }

            _listener.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            throw new IOException($"{path}: {exception.Message}", exception);
        }

        _serving = ServeAsync();
    }

    /// <summary>Asks a running gateway.</summary>
    /// <param name="path">Path of its socket.</param>
    /// <param name="request">The request.</param>
    /// <returns>Its answer.</returns>
    /// <exception cref="SocketException">There is none at this path.</exception>
    public static string Ask(string path, string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var stream = new NetworkStream(socket);
        stream.Write(Encoding.UTF8.GetBytes(request + "\n"));
        return new StreamReader(stream).ReadToEnd();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        _serving.Wait();
        Task.WaitAll([.. _answers], Patience);
        File.Delete(_path);
        _ending.Dispose();
    }

    private static void RemoveDead(string path)
    {
        try
        {
            Ask(path, "");
        }
        catch (SocketException)
        {
            // Nobody listens: it was left by a process that was killed.
            File.Delete(path);
            return;
        }

        throw new IOException($"{path}: a gateway is running already");
    }

    private async Task ServeAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_ending.Token).ConfigureAwait(false);
                _answers.Add(AnswerAsync(socket));
                _answers.RemoveAll(answer => answer.IsCompleted);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception)
            {
                _log.ControlProblem(exception.Message);
                if (_ending.IsCancellationRequested)
                {
                    return;
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            using var stream = new NetworkStream(socket, ownsSocket: true);
            using var limit = new CancellationTokenSource(Patience);
            var buffer = new byte[LongestRequest];
            var length = 0;
            while (length < buffer.Length && buffer.AsSpan(0, length).IndexOf((byte)'\n') < 0)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), limit.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }

                length += read;
            }

            var request = Encoding.UTF8.GetString(buffer, 0, length).Trim();
            var answer = request switch
            {
                StatusRequest => _status(),
                StopRequest => await StopAsync().ConfigureAwait(false),
                "" => "",
                _ => $"unknown request; known are {StatusRequest}, {StopRequest}\n",
            };
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever asked has gone away, or says nothing.
            _log.ControlProblem(exception.Message);
        }
    }

    private async Task<string> StopAsync()
    {
        await _stop().ConfigureAwait(false);
        return "stopped\n";
    }
}
