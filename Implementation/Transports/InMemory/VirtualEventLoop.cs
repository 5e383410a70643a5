// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.InMemory;

/// <summary>
/// An event loop under a virtual clock: an eight-hour lifetime costs no waiting, and the same events give the same
/// order every time. Runs on the thread of its caller; not safe for concurrent use. An exception of an event reaches
/// whoever waits at that moment.
/// </summary>
public sealed class VirtualEventLoop : IEventLoop
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> _events = new();
    private readonly VirtualClock _clock = new();
    private long _order;
    private bool _isWaiting;
    private bool _isDisposed;

    /// <inheritdoc/>
    public TimeProvider Clock => _clock;

    /// <inheritdoc/>
    public void Post(Action action) => PostAt(_clock.GetUtcNow(), action);

    /// <inheritdoc/>
    public void PostAt(DateTimeOffset due, Action action)
    {
        if (!_isDisposed)
        {
            _events.Enqueue(action, (due, _order++));
        }
    }

    /// <inheritdoc/>
    public T Invoke<T>(Func<T> function)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return function();
    }

    /// <inheritdoc/>
    public bool WaitUntil(Func<bool> condition, TimeSpan deadline)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isWaiting)
        {
            throw new InvalidOperationException("an event cannot wait for other events: the loop would wait for itself");
        }

        _isWaiting = true;
        try
        {
            return RunUntil(condition, _clock.GetUtcNow() + deadline);
        }
        finally
        {
            _isWaiting = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _events.Clear();
    }

    private bool RunUntil(Func<bool> condition, DateTimeOffset end)
    {
        while (!condition())
        {
            if (!_events.TryPeek(out _, out var next) || next.Due > end)
            {
                _clock.MoveTo(end);
                return condition();
            }

            _clock.MoveTo(next.Due);
            _events.Dequeue()();
        }

        return true;
    }
}
