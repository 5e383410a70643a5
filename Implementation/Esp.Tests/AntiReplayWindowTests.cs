// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class AntiReplayWindowTests
{
    private static readonly int[] Sizes = [32, 64, 96, 128, 160, 1024, 2016, 4096];

    private static readonly ulong[] Bases = [0, 1, 0xFFFF_FF00, uint.MaxValue, 0x7_FFFF_FFF0, 0x796B_6963_FFFF_F000];

    [TestCaseSource(nameof(Sizes))]
    public void Agrees_with_a_set_of_the_numbers_seen(int size)
    {
        var steps = Gen.OneOf(Gen.Int[-3, 3], Gen.Int[-size - 3, -size + 3], Gen.Int[-2 * size, 2 * size], Gen.Int[0, 20 * size]);
        Gen.Select(Gen.Int[0, Bases.Length - 1].Select(index => Bases[index]), steps.Array[1, 400]).Sample(
            (start, walk) =>
            {
                var window = new AntiReplayWindow(size, start);
                var model = new Model(size, start);
                foreach (var step in walk)
                {
                    var number = model.Highest.AddClamped(step);
                    var expected = model.Judge(number);
                    window.Check(number).Should().Be(expected);
                    window.Check(number).Should().Be(expected, "looking does not mark");
                    window.Accept(number).Should().Be(expected);
                    model.Accept(number);
                    window.Highest.Should().Be(model.Highest);
                }
            },
            iter: 200);
    }

    [TestCaseSource(nameof(Sizes))]
    public void Left_edge_is_the_size_less_one_below_the_highest(int size)
    {
        var window = new AntiReplayWindow(size);
        window.Accept(10_000).Should().Be(ReplayVerdict.Fresh);
        var left = 10_000 - (ulong)size + 1;

        window.Check(left).Should().Be(ReplayVerdict.Fresh);
        window.Check(left - 1).Should().Be(ReplayVerdict.TooOld);
        window.Accept(left).Should().Be(ReplayVerdict.Fresh);
        window.Accept(left).Should().Be(ReplayVerdict.Replayed);

        window.Accept(10_001).Should().Be(ReplayVerdict.Fresh);
        window.Check(left).Should().Be(ReplayVerdict.TooOld);
        window.Check(left + 1).Should().Be(ReplayVerdict.Fresh);
    }

    [TestCaseSource(nameof(Sizes))]
    public void Every_number_in_a_full_window_is_a_replay_and_none_outside_it(int size)
    {
        var window = new AntiReplayWindow(size);
        for (var number = 1ul; number <= 3ul * (ulong)size; number++)
        {
            window.Accept(number).Should().Be(ReplayVerdict.Fresh);
        }

        for (var number = 1ul; number <= 2ul * (ulong)size; number++)
        {
            window.Accept(number).Should().Be(ReplayVerdict.TooOld);
        }

        for (var number = (2ul * (ulong)size) + 1; number <= 3ul * (ulong)size; number++)
        {
            window.Accept(number).Should().Be(ReplayVerdict.Replayed);
        }
    }

    [TestCaseSource(nameof(Sizes))]
    public void A_leap_forgets_all_that_it_leaves_behind(int size)
    {
        var window = new AntiReplayWindow(size);
        for (var number = 1ul; number <= (ulong)size; number++)
        {
            window.Accept(number);
        }

        window.Accept(uint.MaxValue).Should().Be(ReplayVerdict.Fresh);

        for (var back = 1; back < size; back++)
        {
            window.Check(uint.MaxValue - (ulong)back).Should().Be(ReplayVerdict.Fresh);
        }

        window.Check((ulong)size).Should().Be(ReplayVerdict.TooOld);
    }

    [Test]
    public void Zero_is_never_fresh()
    {
        var window = new AntiReplayWindow(64);
        window.Check(0).Should().Be(ReplayVerdict.Zero);
        window.Accept(0).Should().Be(ReplayVerdict.Zero);
        window.Highest.Should().Be(0);
    }

    [TestCase(0)]
    [TestCase(16)]
    [TestCase(33)]
    [TestCase(63)]
    [TestCase(4128)]
    public void Other_sizes_are_refused(int size) =>
        FluentActions.Invoking(() => new AntiReplayWindow(size)).Should().Throw<ArgumentOutOfRangeException>();

    [TestCaseSource(nameof(Sizes))]
    public void High_half_is_the_one_that_puts_the_number_nearest_to_the_window(int size)
    {
        // RFC 4303 appendix A2.2 says: within 2^32 numbers from the left edge on.
        var highest = Gen.OneOf(
            Gen.ULong[1, ulong.MaxValue >> 2],
            Gen.Select(Gen.UInt[0, 5], Gen.Int[-5000, 5000], (high, offset) => ((ulong)high << 32).AddClamped(offset)));
        Gen.Select(highest, Gen.OneOf(Gen.UInt, Gen.UInt[0, 6000], Gen.UInt[uint.MaxValue - 6000, uint.MaxValue])).Sample(
            (top, ahead) =>
            {
                var window = new AntiReplayWindow(size, top);
                var left = (Int128)top - size + 1;
                var number = left + ahead;
                window.Expand(unchecked((uint)(long)number)).Should().Be(number < 0 ? 0 : (ulong)number);
            },
            iter: 3000);
    }

    [TestCaseSource(nameof(Sizes))]
    public void High_half_is_right_where_the_window_touches_the_end_of_a_subspace(int size)
    {
        // Tl just below, at and above W - 1, where case B of appendix A2.2 turns into case A.
        for (var top = (1ul << 32) + (ulong)size - 3; top <= (1ul << 32) + (ulong)size + 1; top++)
        {
            var window = new AntiReplayWindow(size, top);
            var left = top - (ulong)size + 1;
            foreach (var number in new[] { left, left + 1, top - 1, top, top + 1, left + uint.MaxValue - 1, left + uint.MaxValue })
            {
                window.Expand((uint)number).Should().Be(number);
            }

            window.Expand((uint)(left - 1)).Should().Be(left + uint.MaxValue, "left of the window counts as right of it");
        }
    }

    [Test]
    public void High_half_on_a_new_sa_is_zero_up_to_the_window_below_zero()
    {
        var window = new AntiReplayWindow(64);
        window.Expand(1).Should().Be(1);
        window.Expand(uint.MaxValue - 63).Should().Be(uint.MaxValue - 63);
        window.Expand(uint.MaxValue - 62).Should().Be(0, "it would lie before the first packet");
    }

    [TestCase(32)]
    [TestCase(1024)]
    public void Of_several_threads_that_accept_a_number_one_is_told_that_it_is_fresh(int size)
    {
        const int Numbers = 40_000;
        const int Threads = 4;
        var window = new AntiReplayWindow(size);
        var fresh = new int[Numbers + 1];
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 1; i <= Numbers; i++)
            {
                // Each thread in an order of its own within groups of 32.
                var number = (ulong)(((i - 1) ^ (index * 9 % 32)) + 1);
                if (window.Accept(number) == ReplayVerdict.Fresh)
                {
                    Interlocked.Increment(ref fresh[number]);
                }
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        fresh.Should().OnlyContain(count => count <= 1);
        fresh.Count(count => count == 1).Should().BeGreaterThan(Numbers / 4);
        window.Highest.Should().Be(Numbers);
    }

    private sealed class Model
    {
        private readonly HashSet<ulong> _seen = [];
        private readonly ulong _size;

        public Model(int size, ulong start)
        {
            _size = (ulong)size;
            Highest = start;
            _seen.Add(start);
        }

        public ulong Highest { get; private set; }

        public ReplayVerdict Judge(ulong number) =>
            number == 0 ? ReplayVerdict.Zero
            : (UInt128)number + _size <= Highest ? ReplayVerdict.TooOld
            : _seen.Contains(number) ? ReplayVerdict.Replayed
            : ReplayVerdict.Fresh;

        public void Accept(ulong number)
        {
            if (Judge(number) == ReplayVerdict.Fresh)
            {
                _seen.Add(number);
                Highest = Math.Max(Highest, number);
            }
        }
    }
}
