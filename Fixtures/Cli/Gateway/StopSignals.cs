// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;

namespace Ipsec.Fixtures.Cli.Gateway;

/// <summary>Ctrl-C and a polite kill stop the gateway in order. The second time the process ends at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int Interrupted = 130;

    private readonly Action<string> _stop;
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    public StopSignals(Action<string> stop)
    {
        _stop = stop;
        _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGHUP)];
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            Environment.Exit(Interrupted);
        }

        _stop(signal.ToString());
    });
}
