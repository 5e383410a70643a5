// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Sa;
using Ipsec.Transports;
using Ipsec.Transports.Linux;
using Ipsec.Wire.Ip;

namespace Ipsec.Daemon.Runtime;

/// <summary>
/// The two threads on which packets pass: from the TUN device to the network, and from the network to the TUN device. Neither takes a lock
/// nor allocates for a packet; whatever is not a packet's business goes to the event loop, and no more than it can digest.
/// </summary>
internal sealed class PacketPump : IDisposable
{
    // What may wait at the event loop: IKE messages, and packets that need an SA. More is a flood, and floods are dropped.
    private const int LongestQueue = 256;
    private static readonly TimeSpan NoteInterval = TimeSpan.FromMilliseconds(100);

    private readonly SecurityGateway _gateway;
    private readonly IEventLoop _loop;
    private readonly TunDevice _tun;
    private readonly LinuxTransport _transport;
    private readonly PacketSender _sender;
    private readonly TunWriter _toTun;
    private readonly DescriptorWaiter _outgoingWaiter;
    private readonly DescriptorWaiter _incomingWaiter;
    private readonly Thread[] _threads;
    private readonly Action<Exception> _failed;
    private int _queued;
    private long _notedAt;
    private IOutboundSa? _asked;
    private volatile bool _isStopping;

    /// <summary>Starts the threads.</summary>
    /// <param name="gateway">The gateway, whose loop is another thread.</param>
    /// <param name="loop">That loop.</param>
    /// <param name="tun">The protected side.</param>
    /// <param name="transport">The unprotected side.</param>
    /// <param name="failed">Told when a thread ends because of an exception: a bug of ours, or of the system.</param>
    public PacketPump(SecurityGateway gateway, IEventLoop loop, TunDevice tun, LinuxTransport transport, Action<Exception> failed)
    {
        (_gateway, _loop, _tun, _transport, _failed) = (gateway, loop, tun, transport, failed);
        _sender = transport.CreateSender();
        _toTun = new TunWriter(tun);
        _outgoingWaiter = new(tun.Descriptor);
        _incomingWaiter = new([.. transport.Ports.Select(port => port.Descriptor)]);
        _threads = [Start("outgoing packets", Outgoing), Start("incoming packets", Incoming)];
    }

    /// <summary>Packets that the system did not take on their way to the network.</summary>
    public long LostOutgoing => _sender.Lost;

    /// <summary>Packets that the system did not take on their way to the protected side.</summary>
    public long LostIncoming => _toTun.Lost;

    /// <summary>What was dropped because the event loop could not keep up.</summary>
    public long Flooded { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopping = true;
        _outgoingWaiter.Wake();
        _incomingWaiter.Wake();
        Array.ForEach(_threads, thread => thread.Join());
        _outgoingWaiter.Dispose();
        _incomingWaiter.Dispose();
        _sender.Dispose();
    }

    private Thread Start(string name, Action run)
    {
        var thread = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception exception)
            {
                // The boundary of the thread: without it the whole process would end, and leave its SAs with the peers.
                _failed(exception);
            }
        })
        {
            Name = name,
            IsBackground = true,
        };
        thread.Start();
        return thread;
    }

    private void Outgoing()
    {
        var path = _gateway.DataPlane.CreateOutgoingPath();
        var toTun = new TunSink(_tun);
        var reader = new TunReader(_tun);
        while (_outgoingWaiter.Wait() && !_isStopping)
        {
            while (reader.TryNext(out var packet) && !_isStopping)
            {
                var result = path.Send(packet, DateTimeOffset.UtcNow, _sender, toTun);
                if (result.Outcome == EspOutcome.NoSa)
                {
                    Offer(packet);
                }
                else if (result.Outcome == EspOutcome.PathMtuExceeded)
                {
                    // Its sender has been told; of as many segments it sent at once he need not be told again.
                    reader.SkipSegments();
                }
                else if (result.Sa is { } sa && SecurityGateway.IsNearlyUsedUp(sa))
                {
                    AskForSuccessor(sa);
                }
            }

            _sender.Flush();
        }
    }

    private void Incoming()
    {
        var path = _gateway.DataPlane.CreateIncomingPath();
        while (_incomingWaiter.Wait() && !_isStopping)
        {
            for (var i = 0; i < _transport.Ports.Count; i++)
            {
                if (_incomingWaiter.IsReady(i))
                {
                    Receive(path, _transport.Ports[i]);
                }
            }

            _toTun.Flush();
        }
    }

    private void Receive(IncomingPath path, ReceivingPort port)
    {
        var count = port.Receiver.Receive();
        for (var i = 0; i < count; i++)
        {
            switch (port.Protocol)
            {
                case IpProtocol.Icmp or IpProtocol.Icmpv6:
                    path.TryLearn(port.Whole(i), DateTimeOffset.UtcNow);
                    break;
                case IpProtocol.Udp when !IsEspInUdp(port, i):
                    ReceiveIke(port, i);
                    break;
                default:
                    Open(path, port, i);
                    break;
            }
        }
    }

    private static bool IsEspInUdp(ReceivingPort port, int index) =>
        port.Local.Port == UdpEncapsulation.Port && UdpEncapsulation.Classify(port.Receiver.Packet(index)) == UdpEncapsulationKind.Esp;

    private void Open(IncomingPath path, ReceivingPort port, int index)
    {
        var result = path.Receive(port.Whole(index), DateTimeOffset.UtcNow, out var inner);
        if (port.Protocol == IpProtocol.Udp && result.Sa is { } sa && SecurityGateway.IsAuthentic(result.Outcome, sa))
        {
            var (address, number) = port.Receiver.Sender(index);
            if (address != sa.Parameters.SourceNumber || number != (sa.Parameters as EspSaParameters)?.Nat?.SourcePort)
            {
                NotePeer(sa, port.Local, new IPEndPoint(address.ToIPAddress(), number));
            }
        }

        // What came in clear the system has delivered itself.
        if (result.Outcome == EspOutcome.Ok)
        {
            _toTun.Send(inner);
        }
    }

    private void ReceiveIke(ReceivingPort port, int index)
    {
        var bytes = port.Receiver.Packet(index).ToArray();
        var (address, number) = port.Receiver.Sender(index);
        var remote = new IPEndPoint(address.ToIPAddress(), number);
        Post(() => _gateway.OnUdp(port.Local, remote, bytes));
    }

    // An SA may be there by the time that the event loop looks.
    private void Offer(ReadOnlySpan<byte> packet)
    {
        var copy = packet.ToArray();
        Post(() => _gateway.SendInner(copy));
    }

    private void AskForSuccessor(IOutboundSa sa)
    {
        if (!ReferenceEquals(sa, _asked))
        {
            _asked = sa;
            PostNoteSequence(sa);
        }
    }

    // Apart: a captured variable costs memory each time that its method is entered.
    private void PostNoteSequence(IOutboundSa sa) => Post(() => _gateway.NoteSequence(sa));

    private void NotePeer(IInboundSa sa, IPEndPoint local, IPEndPoint remote)
    {
        var now = Environment.TickCount64;
        if (now - _notedAt >= NoteInterval.TotalMilliseconds)
        {
            _notedAt = now;
            PostNotePeer(sa, local, remote);
        }
    }

    private void PostNotePeer(IInboundSa sa, IPEndPoint local, IPEndPoint remote) => Post(() => _gateway.NotePeer(sa, local, remote));

    private void Post(Action action)
    {
        if (Interlocked.Increment(ref _queued) > LongestQueue)
        {
            Interlocked.Decrement(ref _queued);
            Flooded++;
            return;
        }

        _loop.Post(() =>
        {
            Interlocked.Decrement(ref _queued);
            action();
        });
    }
}
