// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.InMemory;

/// <summary>
/// An event loop under a virtual clock: an eight-hour lifetime costs no waiting, and the same events give the same
/// order every time. Runs on the thread of its caller; not safe for concurrent use.
/// </summary>
public sealed class VirtualEventLoop : IEventLoop
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> events = new();
    private readonly VirtualClock clock = new();
    private long order;

    /// <inheritdoc/>
    public TimeProvider Clock => clock;

    /// <inheritdoc/>
    public void Post(Action action) => PostAt(clock.GetUtcNow(), action);

    /// <inheritdoc/>
    public void PostAt(DateTimeOffset due, Action action) => events.Enqueue(action, (due, order++));

    /// <inheritdoc/>
    public T Invoke<T>(Func<T> function) => function();

    /// <inheritdoc/>
    public bool WaitUntil(Func<bool> condition, TimeSpan deadline)
    {
        var end = clock.GetUtcNow() + deadline;
        while (!condition())
        {
            if (!events.TryPeek(out _, out var next) || next.Due > end)
            {
                clock.MoveTo(end);
                return condition();
            }

            clock.MoveTo(next.Due);
            events.Dequeue()();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => events.Clear();
}
