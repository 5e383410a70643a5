// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;

namespace Ipsec.Transports.Linux;

/// <summary>Waits until one of several descriptors can be read, or somebody wakes it. For one thread; anyone may wake it.</summary>
public sealed unsafe class DescriptorWaiter : IDisposable
{
    private readonly LinuxCalls.PollEntry* _entries;
    private readonly int _count;
    private readonly int _wake;
    private int _isDisposed;

    /// <summary>Waits for these descriptors.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <exception cref="IOException">The system has no descriptor left.</exception>
    public DescriptorWaiter(params ReadOnlySpan<int> descriptors)
    {
        _wake = LinuxCalls.EventDescriptor(0, LinuxCalls.OpenNonBlocking | LinuxCalls.OpenCloseOnExec);
        if (_wake < 0)
        {
            throw LinuxCalls.Failure("eventfd");
        }

        _count = descriptors.Length + 1;
        _entries = (LinuxCalls.PollEntry*)NativeMemory.AllocZeroed((nuint)_count, (nuint)sizeof(LinuxCalls.PollEntry));
        for (var i = 0; i < _count; i++)
        {
            _entries[i] = new() { Descriptor = i < descriptors.Length ? descriptors[i] : _wake, Wanted = LinuxCalls.PollIn };
        }
    }

    /// <summary>Waits.</summary>
    /// <returns>False when it was woken.</returns>
    public bool Wait()
    {
        while (LinuxCalls.Poll(_entries, (nuint)_count, -1) < 0)
        {
            if (Marshal.GetLastPInvokeError() != LinuxCalls.Interrupted)
            {
                throw LinuxCalls.Failure("poll");
            }
        }

        return _entries[_count - 1].Seen == 0;
    }

    /// <summary>Whether a descriptor can be read, since the last wait.</summary>
    /// <param name="index">Its place among those given.</param>
    /// <returns>True when there is something, or an error to be fetched.</returns>
    public bool IsReady(int index) => _entries[index].Seen != 0;

    /// <summary>Ends the waiting, now and for ever.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = LinuxCalls.Write(_wake, &one, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _ = LinuxCalls.Close(_wake);
            NativeMemory.Free(_entries);
        }
    }
}
