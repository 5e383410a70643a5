// SPDX-License-Identifier: Apache-2.0

using System.Runtime.ExceptionServices;

namespace Ipsec.Transports.Sockets;

/// <summary>
/// An event loop on a thread of its own, under the system's clock. An exception of a posted action is a bug of ours: it
/// reaches everybody who waits from then on, and the loop goes on.
/// </summary>
public sealed class RealEventLoop : IEventLoop
{
    // Monitor.Wait takes no more than some 24 days; the loop looks at its deadlines again after an hour.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private readonly Queue<Work> _ready = new();
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> _timed = new();
    private readonly List<Waiter> _waiters = [];
    private readonly Thread _thread;
    private long _order;
    private bool _isDisposed;
    private volatile ExceptionDispatchInfo? _failure;

    /// <summary>Starts the loop.</summary>
    /// <param name="name">Name of its thread.</param>
    public RealEventLoop(string name)
    {
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public void Post(Action action) => TryPost(new(action, null));

    /// <inheritdoc/>
    public void PostAt(DateTimeOffset due, Action action)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _timed.Enqueue(action, (due, _order++));
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <inheritdoc/>
    public T Invoke<T>(Func<T> function)
    {
        if (Thread.CurrentThread == _thread)
        {
            return function();
        }

        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        PostOrAbandon(new(Call, () => result.TrySetException(Disposed())));
        return result.Task.GetAwaiter().GetResult();

        void Call()
        {
            try
            {
                result.SetResult(function());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        }
    }

    /// <inheritdoc/>
    public bool WaitUntil(Func<bool> condition, TimeSpan deadline)
    {
        if (Thread.CurrentThread == _thread)
        {
            throw new InvalidOperationException("an event cannot wait for other events: the loop would wait for itself");
        }

        var waiter = new Waiter(condition);
        PostOrAbandon(new(() => _waiters.Add(waiter), waiter.Abandon));
        var held = waiter.Wait(deadline);
        _failure?.Throw();
        return held;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.Pulse(_gate);
        }

        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private static ObjectDisposedException Disposed() => new(nameof(RealEventLoop));

    private void PostOrAbandon(Work work)
    {
        if (!TryPost(work))
        {
            throw Disposed();
        }
    }

    private bool TryPost(Work work)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            _ready.Enqueue(work);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    private void Run()
    {
        while (Next() is { } action)
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                _failure ??= ExceptionDispatchInfo.Capture(exception);
            }

            _waiters.RemoveAll(waiter => waiter.IsDone(_failure is not null));
        }

        // Nothing is added any more: whoever still waits would wait for ever.
        foreach (var work in _ready)
        {
            work.Abandon?.Invoke();
        }

        _waiters.ForEach(waiter => waiter.Abandon());
    }

    /// <summary>The next action; null when the loop is to end. Deadlines first, so that a stream of packets cannot delay them for ever.</summary>
    private Action? Next()
    {
        lock (_gate)
        {
            while (!_isDisposed)
            {
                var sleep = LongestSleep;
                if (_timed.TryPeek(out _, out var next))
                {
                    var left = next.Due - Clock.GetUtcNow();
                    if (left <= TimeSpan.Zero)
                    {
                        return _timed.Dequeue();
                    }

                    sleep = left < sleep ? left : sleep;
                }

                if (_ready.TryDequeue(out var work))
                {
                    return work.Run;
                }

                Monitor.Wait(_gate, sleep);
            }

            return null;
        }
    }

    /// <summary>What is to run, and what is to happen instead when the loop ends before.</summary>
    private readonly record struct Work(Action Run, Action? Abandon);

    /// <summary>Somebody who waits for a condition; touched by the loop's thread, but for the wait itself.</summary>
    private sealed class Waiter(Func<bool> condition)
    {
        private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Blocks until the condition held or the time is over; what the condition threw is thrown here.</summary>
        public bool Wait(TimeSpan deadline)
        {
            if (Task.WaitAny([_done.Task], deadline) < 0)
            {
                _done.TrySetResult(false);
            }

            return _done.Task.GetAwaiter().GetResult();
        }

        public bool IsDone(bool loopFailed)
        {
            if (_done.Task.IsCompleted || loopFailed)
            {
                _done.TrySetResult(false);
                return true;
            }

            try
            {
                if (!condition())
                {
                    return false;
                }

                _done.TrySetResult(true);
                return true;
            }
            catch (Exception exception)
            {
                _done.TrySetException(exception);
                return true;
            }
        }

        public void Abandon() => _done.TrySetException(Disposed());
    }
}
