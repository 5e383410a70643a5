// SPDX-License-Identifier: Apache-2.0

using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Sockets;

namespace Ipsec.Gateway.Tests;

/// <summary>What both event loops promise; and what only the one with a thread can get wrong.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EventLoopTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static IEnumerable<TestCaseData> Loops()
    {
        yield return new TestCaseData(() => (IEventLoop)new VirtualEventLoop()).SetArgDisplayNames("virtual");
        yield return new TestCaseData(() => (IEventLoop)new RealEventLoop("test")).SetArgDisplayNames("real");
    }

    [TestCaseSource(nameof(Loops))]
    public void AnEventCannotWaitForTheLoop(Func<IEventLoop> make)
    {
        using var loop = make();
        Exception? thrown = null;
        loop.Post(() => thrown = Record(() => loop.WaitUntil(() => true, Soon)));
        loop.WaitUntil(() => thrown is not null, Soon).Should().BeTrue();
        thrown.Should().BeOfType<InvalidOperationException>();
        loop.WaitUntil(() => true, Soon).Should().BeTrue("the loop goes on");
    }

    [TestCaseSource(nameof(Loops))]
    public void AnEventMayInvoke(Func<IEventLoop> make)
    {
        using var loop = make();
        var result = 0;
        loop.Post(() => result = loop.Invoke(() => 7));
        loop.WaitUntil(() => result == 7, Soon).Should().BeTrue();
    }

    [TestCaseSource(nameof(Loops))]
    public void ActionsOfOneTimeRunInTheOrderOfPosting(Func<IEventLoop> make)
    {
        using var loop = make();
        var due = loop.Clock.GetUtcNow().AddMilliseconds(50);
        var order = new List<int>();
        for (var i = 0; i < 200; i++)
        {
            var number = i;
            loop.PostAt(due, () => order.Add(number));
        }

        loop.WaitUntil(() => order.Count == 200, Soon).Should().BeTrue();
        order.Should().BeInAscendingOrder();
    }

    [TestCaseSource(nameof(Loops))]
    public void AThrowingConditionConcernsOnlyWhoAsked(Func<IEventLoop> make)
    {
        using var loop = make();
        loop.Invoking(l => l.WaitUntil(() => throw new FormatException("mine"), Soon)).Should().Throw<FormatException>();
        loop.Invoking(l => l.Invoke<int>(() => throw new FormatException("mine too"))).Should().Throw<FormatException>();
        loop.WaitUntil(() => true, Soon).Should().BeTrue();
    }

    [TestCaseSource(nameof(Loops))]
    public void AWaitEndsAtItsDeadline(Func<IEventLoop> make)
    {
        using var loop = make();
        loop.WaitUntil(() => false, TimeSpan.FromMilliseconds(30)).Should().BeFalse();
    }

    [TestCaseSource(nameof(Loops))]
    public void ADisposedLoopDropsWhatIsPostedAndRefusesToWait(Func<IEventLoop> make)
    {
        var loop = make();
        loop.Dispose();
        loop.Dispose();
        var ran = false;
        loop.Post(() => ran = true);
        loop.PostAt(loop.Clock.GetUtcNow(), () => ran = true);
        loop.Invoking(l => l.WaitUntil(() => ran, Soon)).Should().Throw<ObjectDisposedException>();
        loop.Invoking(l => l.Invoke(() => 1)).Should().Throw<ObjectDisposedException>();
        ran.Should().BeFalse();
    }

    [TestCaseSource(nameof(Loops))]
    public void ADeadlineFarAwayHarmsNothing(Func<IEventLoop> make)
    {
        using var loop = make();
        var ran = false;
        loop.PostAt(loop.Clock.GetUtcNow().AddDays(400), () => ran = true);
        loop.WaitUntil(() => false, TimeSpan.FromMilliseconds(30)).Should().BeFalse();
        ran.Should().BeFalse();
    }

    [Test]
    public void AnExceptionReachesThoseWhoWaitAlreadyAndThoseWhoComeLater()
    {
        using var loop = new RealEventLoop("failing");
        var first = Task.Run(() => Record(() => loop.WaitUntil(() => false, Soon)));
        loop.Post(() => throw new FormatException("our bug"));
        first.GetAwaiter().GetResult().Should().BeOfType<FormatException>();
        loop.Invoking(l => l.WaitUntil(() => true, Soon)).Should().Throw<FormatException>();
        loop.Invoke(() => 3).Should().Be(3, "the loop goes on: teardown needs it");
    }

    [Test]
    public void DisposingEndsEveryWait()
    {
        var loop = new RealEventLoop("ending");
        using var blocked = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        loop.Post(() =>
        {
            started.Set();
            blocked.Wait();
        });
        started.Wait();
        var waiting = Task.Run(() => Record(() => loop.WaitUntil(() => false, Timeout.InfiniteTimeSpan)));
        var invoking = Task.Run(() => Record(() => loop.Invoke(() => 1)));
        var disposing = Task.Run(loop.Dispose);
        disposing.Wait(50).Should().BeFalse("the loop's action is still running");
        blocked.Set();
        Task.WaitAll(waiting, disposing);
        waiting.Result.Should().BeOfType<ObjectDisposedException>();
        invoking.Result.Should().Match<Exception?>(e => e == null || e is ObjectDisposedException);
    }

    [Test]
    public void AnEventMayDisposeTheLoop()
    {
        var loop = new RealEventLoop("suicidal");
        loop.Post(loop.Dispose);
        Record(() => loop.WaitUntil(() => false, Soon)).Should().BeOfType<ObjectDisposedException>();
    }

    /// <summary>Every change of state by one thread wakes the thread that waits for it, a thousand times.</summary>
    [Test]
    public void NoWakeUpIsLost()
    {
        using var loop = new RealEventLoop("busy");
        var value = 0;
        var writer = Task.Run(() =>
        {
            for (var i = 1; i <= 1000; i++)
            {
                var next = i;
                loop.Post(() => value = next);
                loop.WaitUntil(() => value <= 0, Soon).Should().BeTrue();
            }
        });
        for (var i = 1; i <= 1000; i++)
        {
            var expected = i;
            loop.WaitUntil(() => value == expected, Soon).Should().BeTrue();
            loop.Post(() => value = -expected);
        }

        writer.GetAwaiter().GetResult();
    }

    [Test]
    public void AStreamOfEventsDoesNotDelayDeadlines()
    {
        using var loop = new RealEventLoop("flooded");
        var isDue = false;
        loop.PostAt(loop.Clock.GetUtcNow().AddMilliseconds(20), () => isDue = true);
        loop.Post(Again);
        loop.WaitUntil(() => isDue, Soon).Should().BeTrue();

        void Again()
        {
            if (!isDue)
            {
                loop.Post(Again);
                loop.Post(() => Thread.SpinWait(50));
            }
        }
    }

    private static Exception? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
