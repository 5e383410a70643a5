// SPDX-License-Identifier: Apache-2.0

using System.Runtime.ExceptionServices;

namespace Ipsec.Transports.Sockets;

/// <summary>An event loop on a thread of its own, under the system's clock.</summary>
public sealed class RealEventLoop : IEventLoop
{
    private readonly Lock gate = new();
    private readonly Queue<Action> ready = new();
    private readonly PriorityQueue<Action, DateTimeOffset> timed = new();
    private readonly List<Waiter> waiters = [];
    private readonly SemaphoreSlim wake = new(0);
    private readonly Thread thread;
    private ExceptionDispatchInfo? failure;
    private volatile bool isStopping;

    /// <summary>Starts the loop.</summary>
    /// <param name="name">Name of its thread.</param>
    public RealEventLoop(string name)
    {
        thread = new Thread(Run) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public void Post(Action action)
    {
        lock (gate)
        {
            ready.Enqueue(action);
        }

        wake.Release();
    }

    /// <inheritdoc/>
    public void PostAt(DateTimeOffset due, Action action)
    {
        lock (gate)
        {
            timed.Enqueue(action, due);
        }

        wake.Release();
    }

    /// <inheritdoc/>
    public T Invoke<T>(Func<T> function)
    {
        if (Thread.CurrentThread == thread)
        {
            return function();
        }

        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                result.SetResult(function());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public bool WaitUntil(Func<bool> condition, TimeSpan deadline)
    {
        var waiter = new Waiter(condition);
        Post(() => Await(waiter));
        var held = waiter.Done.Task.Wait(deadline);
        Post(() => waiters.Remove(waiter));
        failure?.Throw();
        return held && waiter.Done.Task.Result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isStopping = true;
        wake.Release();
        if (Thread.CurrentThread != thread)
        {
            thread.Join();
        }

        wake.Dispose();
    }

    private void Run()
    {
        while (!isStopping)
        {
            try
            {
                var action = Next(out var wait);
                if (action is null)
                {
                    wake.Wait(wait);
                    continue;
                }

                action();
                CheckWaiters();
            }
            catch (Exception exception)
            {
                // An exception here is a bug of ours; whoever waits on this loop must see it, not a timeout.
                failure ??= ExceptionDispatchInfo.Capture(exception);
                waiters.ForEach(w => w.Done.TrySetResult(false));
            }
        }
    }

    private Action? Next(out TimeSpan wait)
    {
        lock (gate)
        {
            wait = Timeout.InfiniteTimeSpan;
            if (ready.TryDequeue(out var action))
            {
                return action;
            }

            if (timed.TryPeek(out _, out var due))
            {
                wait = due - Clock.GetUtcNow();
                if (wait <= TimeSpan.Zero)
                {
                    return timed.Dequeue();
                }
            }

            return null;
        }
    }

    private void Await(Waiter waiter)
    {
        if (failure is not null)
        {
            waiter.Done.TrySetResult(false);
        }

        waiters.Add(waiter);
    }

    private void CheckWaiters()
    {
        foreach (var waiter in waiters)
        {
            if (!waiter.Done.Task.IsCompleted && waiter.Condition())
            {
                waiter.Done.TrySetResult(true);
            }
        }
    }

    private sealed record Waiter(Func<bool> Condition)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
