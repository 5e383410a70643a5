// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>The end of a daemon that nobody asked to end.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Status">The daemon's exit status, as a shell tells it: 128 and the signal's number, where a signal ended it.</param>
/// <param name="At">When it was noticed, by this host's clock.</param>
public sealed record PeerCrash(string Peer, int Status, DateTimeOffset At)
{
    private const int SignalBase = 128;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Peer}'s daemon crashed: {(Status > SignalBase ? SignalName : $"exit status {Status}")}");

    private string SignalName => (Status - SignalBase) switch
    {
        4 => "signal 4 (SIGILL)",
        6 => "signal 6 (SIGABRT)",
        7 => "signal 7 (SIGBUS)",
        8 => "signal 8 (SIGFPE)",
        9 => "signal 9 (SIGKILL)",
        11 => "signal 11 (SIGSEGV)",
        var other => string.Create(CultureInfo.InvariantCulture, $"signal {other}"),
    };
}
