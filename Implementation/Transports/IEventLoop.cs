// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports;

/// <summary>
/// Where everything happens one after the other: received packets, deadlines, commands. Real time or virtual time. After
/// <see cref="IDisposable.Dispose"/> nothing runs any more: what is posted then is dropped, who waits gets an
/// <see cref="ObjectDisposedException"/>.
/// </summary>
public interface IEventLoop : IDisposable
{
    /// <summary>The loop's clock.</summary>
    TimeProvider Clock { get; }

    /// <summary>Runs an action on the loop, after what is already waiting.</summary>
    /// <param name="action">The action.</param>
    void Post(Action action);

    /// <summary>Runs an action on the loop at a given time; actions of the same time in the order in which they were posted.</summary>
    /// <param name="due">When.</param>
    /// <param name="action">The action.</param>
    void PostAt(DateTimeOffset due, Action action);

    /// <summary>Runs a function on the loop and waits for its result.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="function">The function. What it throws reaches the caller and nobody else.</param>
    /// <returns>What it returned.</returns>
    T Invoke<T>(Func<T> function);

    /// <summary>Waits until a condition holds. It is evaluated on the loop after every event, so nothing is polled.</summary>
    /// <param name="condition">The condition; must not block.</param>
    /// <param name="deadline">How long to wait at most, on the loop's clock.</param>
    /// <returns>Whether the condition held in time.</returns>
    /// <exception cref="InvalidOperationException">Called from an event: the loop would wait for itself.</exception>
    bool WaitUntil(Func<bool> condition, TimeSpan deadline);
}
