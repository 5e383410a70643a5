// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>The frames of one scenario as they crossed the wire: the first witness. Readable from any thread.</summary>
public sealed class FrameLog
{
    private volatile ImmutableList<CapturedFrame> _frames = [];

    /// <summary>The frames in the order of capture.</summary>
    public ImmutableList<CapturedFrame> Frames => _frames;

    /// <summary>Tells the Gherkin step that is running: what a frame is noted to be caused by.</summary>
    public Func<string?>? StepSource { get; set; }

    /// <summary>Takes a frame. One caller at a time.</summary>
    /// <param name="time">When it was captured.</param>
    /// <param name="bytes">Ethernet frame without checksum; not copied.</param>
    public void Add(DateTimeOffset time, ReadOnlyMemory<byte> bytes) => _frames = _frames.Add(new(time, bytes, StepSource?.Invoke()));
}
