// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Wire.Ip;
using SharpPcap;
using SharpPcap.LibPcap;

namespace Ipsec.Fixtures.Rig.Capture;

/// <summary>
/// Sees every frame on the bridge once and hands it to the scenario whose address it carries. One capture serves a whole
/// run, so a scenario waits for no device to open.
/// </summary>
internal sealed class BridgeCapture : IDisposable
{
    /// <summary>IKE, ESP, AH and ICMP, TCP but for the control of peers, and later fragments, which carry no ports.</summary>
    private const string Filter =
        "udp port 500 or udp port 4500 or ip proto 50 or ip proto 51 or icmp or (tcp and not portrange 4502-4503) or (ip[6:2] & 0x1fff != 0)";

    private const int WholeFrames = 262144;
    private const int KernelBufferSize = 16 << 20;

    private readonly LibPcapLiveDevice _device;
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, Action<DateTimeOffset, ReadOnlyMemory<byte>>> _takers = [];
    private readonly RecentSenders _senders = new();

    /// <summary>Starts to capture.</summary>
    /// <param name="bridge">Name of the interface.</param>
    /// <exception cref="PeerUnavailableException">It cannot be captured on.</exception>
    public BridgeCapture(string bridge)
    {
        try
        {
            _device = LibPcapLiveDeviceList.New().FirstOrDefault(device => device.Name == bridge)
                ?? throw new PeerUnavailableException($"libpcap does not list the bridge {bridge}", remedy: null);
            _device.Open(new DeviceConfiguration
            {
                Mode = DeviceModes.Promiscuous,
                Immediate = true,
                Snaplen = WholeFrames,
                BufferSize = KernelBufferSize,
            });
            _device.Filter = Filter;
            _device.OnPacketArrival += OnFrame;
            _device.StartCapture();
        }
        catch (PcapException error)
        {
            throw new PeerUnavailableException($"the bridge {bridge} cannot be captured on: {error.Message}", remedy: null, error);
        }
    }

    /// <summary>Checks that libpcap is there.</summary>
    /// <exception cref="PeerUnavailableException">It is not.</exception>
    public static void DemandLibrary()
    {
        try
        {
            _ = Pcap.Version;
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException })
        {
            throw new PeerUnavailableException("libpcap is not installed", "apt-get install libpcap0.8", error);
        }
    }

    /// <summary>Has the frames from and to an address handed over, until <see cref="Release"/>. An address has one taker.</summary>
    /// <param name="address">The address.</param>
    /// <param name="taker">Gets capture time and frame, on the capture's thread; must not block.</param>
    /// <returns>False when the address is another scenario's.</returns>
    public bool Claim(IPAddress address, Action<DateTimeOffset, ReadOnlyMemory<byte>> taker)
    {
        lock (_gate)
        {
            return _takers.TryAdd(Ipv4Header.ToNumber(address), taker);
        }
    }

    /// <summary>Ends the handing over to a taker, whatever addresses it has. When this returns, no call is under way any more.</summary>
    /// <param name="taker">The taker.</param>
    public void Release(Action<DateTimeOffset, ReadOnlyMemory<byte>> taker)
    {
        lock (_gate)
        {
            foreach (var address in _takers.Where(entry => entry.Value == taker).Select(entry => entry.Key).ToArray())
            {
                _takers.Remove(address);
            }
        }
    }

    /// <summary>Who sent the last packet to an address before a time; null when that is not remembered.</summary>
    /// <param name="destination">To whom.</param>
    /// <param name="before">The time.</param>
    public IPAddress? LastSenderTo(IPAddress destination, DateTimeOffset before)
    {
        lock (_gate)
        {
            return _senders.LastTo(Ipv4Header.ToNumber(destination), before) is { } sender ? Ipv4Header.ToAddress(sender) : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _device.StopCapture();
        _device.Dispose();
    }

    private void OnFrame(object sender, PacketCapture capture)
    {
        var frame = capture.Data;
        if (!FrameAddresses.TryRead(frame, out var source, out var destination))
        {
            return;
        }

        var time = new DateTimeOffset(capture.Header.Timeval.Date);
        lock (_gate)
        {
            _senders.Add(time, source, destination);
            if (_takers.TryGetValue(source, out var taker) || _takers.TryGetValue(destination, out taker))
            {
                taker(time, frame.ToArray());
            }
        }
    }
}
