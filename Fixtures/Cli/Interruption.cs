// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;

namespace Ipsec.Fixtures.Cli;

/// <summary>
/// What Ctrl-C does. The first time the run is ended in order: nothing new starts, peers are taken down, results are written.
/// The second time the process ends at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int SignalBase = 128;

    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly TextWriter _error;
    private readonly CancellationTokenSource _source = new();
    private int _status;

    /// <summary>Listens for Ctrl-C and for a polite kill.</summary>
    public Interruption(TextWriter error)
    {
        _error = error;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, signal: 2));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, signal: 15));
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit status that the signal asks for, as a shell would give it: 130 after Ctrl-C. Null when there was none.</summary>
    public int? Status => Volatile.Read(ref _status) is var status and > 0 ? status : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _status, SignalBase + signal, 0) != 0)
        {
            Environment.Exit(SignalBase + signal);
        }

        _error.WriteLine("conformance: ending the run; press Ctrl-C again to stop at once, without cleaning up");
        // Not on the signal's own thread: what is cancelled may take a while.
        _ = Task.Run(_source.Cancel);
    }
}
