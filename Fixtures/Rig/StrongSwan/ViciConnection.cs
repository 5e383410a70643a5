// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>
/// A connection to charon over VICI. Commands are carried out one after the other; events come at any time, also between a
/// command and its response, and are told apart here.
/// </summary>
internal sealed class ViciConnection : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    private readonly Socket _socket;
    private readonly SemaphoreSlim _oneCommand = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly Task _reading;
    private PendingCommand? _pending;
    private Exception? _lost;

    private ViciConnection(Socket socket)
    {
        _socket = socket;
        // On the pool: whoever connects may have a synchronization context that ends with his own work.
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Gets every event but those that are part of a command's answer. Called on the reading thread; must not block.</summary>
    public event Action<ViciPacket>? EventCame;

    /// <summary>Whether it is of no use any more: closed, or without an answer in time.</summary>
    public bool IsLost
    {
        get
        {
            lock (_gate)
            {
                return _lost is not null;
            }
        }
    }

    /// <summary>Connects to the daemon.</summary>
    public static async Task<ViciConnection> ConnectAsync(IPAddress local, IPEndPoint daemon, CancellationToken cancellation) =>
        new(await ControlSocket.ConnectAsync(local, daemon, cancellation));

    /// <summary>Has the daemon send events of a kind from now on.</summary>
    /// <exception cref="IOException">The connection is lost, or there is no such event.</exception>
    public async Task RegisterAsync(string eventName)
    {
        var answer = await AskAsync(new(ViciPacketType.RegisterEvent, eventName, ConfigSection.Empty), streamed: null);
        if (answer.Response.Type != ViciPacketType.EventConfirmed)
        {
            throw new IOException($"the daemon has no event {eventName}");
        }
    }

    /// <summary>Gives a command.</summary>
    /// <returns>The response; whether it reports success is the caller's to see.</returns>
    /// <exception cref="IOException">The connection is lost, or there is no such command.</exception>
    public async Task<ConfigSection> CommandAsync(string name, ConfigSection arguments) => (await RunAsync(name, arguments, streamed: null)).Response.Message;

    /// <summary>Gives a command that answers in events, which must be registered.</summary>
    /// <param name="name">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="eventName">The event that carries a part of the answer.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="IOException">The connection is lost, or there is no such command.</exception>
    public async Task<ImmutableArray<ConfigSection>> StreamAsync(string name, ConfigSection arguments, string eventName) =>
        [.. (await RunAsync(name, arguments, eventName)).Parts];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading;
        _socket.Dispose();
        _closing.Dispose();
        _oneCommand.Dispose();
    }

    private async Task<(ViciPacket Response, List<ConfigSection> Parts)> RunAsync(string name, ConfigSection arguments, string? streamed)
    {
        var answer = await AskAsync(new(ViciPacketType.Command, name, arguments), streamed);
        return answer.Response.Type == ViciPacketType.Response ? answer : throw new IOException($"the daemon has no command {name}");
    }

    private async Task<(ViciPacket Response, List<ConfigSection> Parts)> AskAsync(ViciPacket request, string? streamed)
    {
        await _oneCommand.WaitAsync(_closing.Token);
        try
        {
            var pending = new PendingCommand(streamed);
            lock (_gate)
            {
                _pending = _lost is null ? pending : throw new IOException($"the control connection is lost: {_lost.Message}", _lost);
            }

            var bytes = request.Encode();
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += await _socket.SendAsync(bytes.AsMemory(sent), SocketFlags.None, _closing.Token);
            }

            var response = await pending.Response.Task.WaitAsync(AnswerLimit);
            return (response, pending.Parts);
        }
        catch (Exception error) when (error is SocketException or TimeoutException)
        {
            // After either, an answer could come late and be taken for the next command's.
            Lose(error);
            throw new IOException($"the daemon did not answer '{request.Name}': {error.Message}", error);
        }
        finally
        {
            _oneCommand.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var length = new byte[ViciPacket.LengthSize];
            while (true)
            {
                await FillAsync(length);
                var size = BinaryPrimitives.ReadUInt32BigEndian(length);
                var packet = new byte[size <= ViciPacket.Largest ? size : throw new FormatException($"a VICI packet of {size} octets")];
                await FillAsync(packet);
                Take(ViciPacket.Decode(packet));
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            Lose(new IOException("the connection was closed"));
        }
        catch (Exception error)
        {
            Lose(error);
        }
    }

    private async Task FillAsync(Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var received = await ControlSocket.ReceiveAsync(_socket, buffer, _closing.Token);
            buffer = received > 0 ? buffer[received..] : throw new EndOfStreamException("the daemon closed the control connection");
        }
    }

    private void Take(ViciPacket packet)
    {
        PendingCommand? pending;
        lock (_gate)
        {
            pending = _pending;
        }

        if (packet.Type != ViciPacketType.Event)
        {
            pending?.Response.TrySetResult(packet);
        }
        else if (packet.Name == pending?.Streamed)
        {
            pending.Parts.Add(packet.Message);
        }
        else
        {
            EventCame?.Invoke(packet);
        }
    }

    private void Lose(Exception error)
    {
        lock (_gate)
        {
            _lost ??= error;
            _pending?.Response.TrySetException(new IOException($"the control connection is lost: {error.Message}", error));
        }
    }

    private sealed record PendingCommand(string? Streamed)
    {
        public TaskCompletionSource<ViciPacket> Response { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<ConfigSection> Parts { get; } = [];
    }
}
