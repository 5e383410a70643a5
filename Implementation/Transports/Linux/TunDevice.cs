// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;
using System.Text;

namespace Ipsec.Transports.Linux;

/// <summary>
/// A TUN device: what the system routes into it is read here, what is written here the system takes as received. Packets begin at the IP
/// header; before them stands what the system says of them, or is told (<see cref="OffloadHeader"/>): it may hand over many TCP segments as
/// one. It is gone with this object. Reading and writing may be done by two threads.
/// </summary>
public sealed unsafe class TunDevice : IDisposable
{
    /// <summary>Longest name of a device, in bytes.</summary>
    public const int MaxNameLength = 15;

    private const string Path = "/dev/net/tun";
    private const int NameSize = 16;
    private const int RequestSize = 40;
    private const nuint SetInterface = 0x400454CA;
    private const short Tun = 0x0001;
    private const short NoPacketInformation = 0x1000;
    private const short WithOffloadHeader = 0x4000;
    private const nuint SetOffload = 0x400454D0;
    private const nint ChecksumsAndSegments = 1 | 2 | 4;

    private readonly int _descriptor;
    private int _isDisposed;

    private TunDevice(int descriptor, string name)
    {
        _descriptor = descriptor;
        Name = name;
    }

    /// <summary>The name of the device.</summary>
    public string Name { get; }

    /// <summary>For waiting until there is something to read.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Makes a device. It has neither address nor route, and is down.</summary>
    /// <param name="name">Its name, up to 15 bytes; with "%d" in it the system puts a number there.</param>
    /// <param name="takesSegments">Whether the system may leave checksums and the dividing into TCP segments to whoever reads.</param>
    /// <returns>The device.</returns>
    /// <exception cref="IOException">There is no /dev/net/tun, CAP_NET_ADMIN is missing, or the name is taken.</exception>
    public static TunDevice Open(string name, bool takesSegments = true)
    {
        var bytes = Encoding.ASCII.GetBytes(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaxNameLength);
        var descriptor = LinuxCalls.Open(Path, LinuxCalls.OpenReadWrite | LinuxCalls.OpenNonBlocking | LinuxCalls.OpenCloseOnExec);
        if (descriptor < 0)
        {
            throw LinuxCalls.Failure(Path);
        }

        Span<byte> request = stackalloc byte[RequestSize];
        request.Clear();
        bytes.CopyTo(request);
        MemoryMarshal.Write(request[NameSize..], (short)(Tun | NoPacketInformation | WithOffloadHeader));
        fixed (byte* argument = request)
        {
            if (LinuxCalls.Control(descriptor, SetInterface, argument) < 0)
            {
                var failure = LinuxCalls.Failure($"cannot make the device {name}");
                _ = LinuxCalls.Close(descriptor);
                throw failure;
            }
        }

        // A system that cannot do it goes on without.
        _ = takesSegments ? LinuxCalls.Control(descriptor, SetOffload, (void*)ChecksumsAndSegments) : 0;
        return new TunDevice(descriptor, Encoding.ASCII.GetString(request[..request.IndexOf((byte)0)]));
    }

    /// <summary>Reads the header and one packet, without waiting.</summary>
    /// <param name="buffer">Takes them; what does not fit is cut off.</param>
    /// <returns>Their length in bytes; 0 when there is none, or the device is down.</returns>
    internal int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return (int)Math.Max(0, LinuxCalls.Read(_descriptor, start, (nuint)buffer.Length));
        }
    }

    /// <summary>Gives the system a packet.</summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet.</param>
    /// <returns>False when it does not take it: the device is down, or its queue full.</returns>
    public bool Write(ReadOnlySpan<byte> packet) => Write(default, packet);

    /// <summary>Gives the system a packet, or TCP segments as one.</summary>
    /// <param name="header">What it is told of them.</param>
    /// <param name="packet">The packet.</param>
    /// <returns>False when it does not take it.</returns>
    internal bool Write(OffloadHeader header, ReadOnlySpan<byte> packet)
    {
        fixed (byte* start = packet)
        {
            var pieces = stackalloc LinuxCalls.Piece[2];
            pieces[0] = new() { Start = &header, Length = OffloadHeader.Size };
            pieces[1] = new() { Start = start, Length = (nuint)packet.Length };
            return LinuxCalls.WritePieces(_descriptor, pieces, 2) == OffloadHeader.Size + packet.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _ = LinuxCalls.Close(_descriptor);
        }
    }
}
