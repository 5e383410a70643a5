// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;

namespace Ipsec.Ike.Tests;

/// <summary>Loss, duplication and reordering at every message of quick mode in all its forms (RFC 2408 section 5.1).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Phase2NetworkTests
{
    private const int Phase1Messages = 6;

    private static readonly string[] Forms = ["plain", "PFS", "bundle", "bundle with PFS", "commit bit", "ESN without identities"];

    [Test]
    public void AnyLostMessageIsMadeUpFor([ValueSource(nameof(Forms))] string form, [Range(7, 9)] int lost, [Values(1, 2)] int times)
    {
        var ladder = new Ladder(Policies(form));
        ladder.Copies = number => number >= lost && number < lost + times ? 0 : 1;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));
        Complete(ladder, form);
    }

    [Test]
    public void AnyDuplicatedMessageChangesNothing([ValueSource(nameof(Forms))] string form, [Range(7, 9)] int duplicated)
    {
        var ladder = new Ladder(Policies(form)) { Copies = number => number == duplicated ? 3 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));
        Complete(ladder, form);
    }

    [Test]
    public void OldCopiesOfEverythingChangeNothing([ValueSource(nameof(Forms))] string form)
    {
        var ladder = new Ladder(Policies(form));
        ladder.Connect(ladder.West);
        foreach (var (from, bytes) in ladder.Wire.ToArray().Reverse())
        {
            ladder.Inject(from == "west" ? ladder.East : ladder.West, bytes);
        }

        ladder.Run(TimeSpan.FromMinutes(5));
        foreach (var (from, bytes) in ladder.Wire.ToArray())
        {
            ladder.Inject(from == "west" ? ladder.East : ladder.West, bytes);
        }

        Complete(ladder, form);
    }

    [Test]
    public void ADamagedMessageDoesNotStopTheGoodOne([ValueSource(nameof(Forms))] string form, [Range(7, 9)] int damaged)
    {
        for (var at = 0; at < 200; at += 13)
        {
            var ladder = new Ladder(Policies(form));
            var isFirst = true;
            ladder.Alter = (number, bytes) =>
            {
                if (number == damaged && isFirst)
                {
                    isFirst = false;
                    bytes[^(1 + (at % (bytes.Length - 28)))] ^= 0x20;
                }

                return bytes;
            };
            ladder.Connect(ladder.West);
            ladder.Run(TimeSpan.FromSeconds(60));
            Complete(ladder, form);
        }
    }

    /// <summary>Several quick modes side by side on a network that loses, repeats and reorders at will.</summary>
    [Test]
    public void ManyQuickModesOnAnyNetwork() =>
        Gen.Select(Gen.Int[0, 2000].Array[30], Gen.Int[0, 7].Array[30], Gen.Int[0, Forms.Length - 1].Select(i => Forms[i]), Gen.ULong[1, 30]).Sample(
            (delays, fates, form, seed) =>
            {
                var simulation = new Simulation(Policies(form), seed);
                simulation.Do(simulation.West, new InitiateIkeSa("tunnel"));
                simulation.Run(TimeSpan.FromSeconds(1));
                simulation.Arrivals = number => (number - Phase1Messages - 1) is var i && i < delays.Length
                    ? fates[i] switch
                    {
                        0 => [],
                        1 => [TimeSpan.FromMilliseconds(delays[i]), TimeSpan.FromMilliseconds(delays[i] + 900)],
                        _ => [TimeSpan.FromMilliseconds(delays[i])],
                    }
                    : [TimeSpan.FromMilliseconds(5)];
                simulation.Do(simulation.West, new InitiateChildSa("tunnel", "net"));
                simulation.Do(simulation.East, new InitiateChildSa("tunnel", "net"));
                simulation.Do(simulation.West, new InitiateChildSa("tunnel", "other"));
                simulation.Run(TimeSpan.FromMinutes(3));
                if (simulation.West.Saw<ExchangeFailed>().Concat(simulation.East.Saw<ExchangeFailed>()).Any())
                {
                    return;
                }

                simulation.Mirrored((form.Contains("bundle", StringComparison.Ordinal) ? 2 : 1) * 2 + 1);
            },
            iter: 150);

    private static PolicyPair Policies(string form)
    {
        var policies = form switch
        {
            "PFS" => new PolicyPair().Both(c => c with { Pfs = PolicyPair.Group("ECP-256") }),
            "bundle" => new PolicyPair().Both(c => c with { Suites = [Phase2Policies.Bundle] }),
            "bundle with PFS" => new PolicyPair().Both(c => c with { Suites = [Phase2Policies.Bundle], Pfs = PolicyPair.Group("ECP-256") }),
            "commit bit" => new PolicyPair().OfEast(c => c with { SetCommitBit = true }),
            "ESN without identities" => new PolicyPair()
                .OfWest(c => c with { LocalSelector = Of(PolicyPair.WestEnd), RemoteSelector = Of(PolicyPair.EastEnd) })
                .OfEast(c => c with { LocalSelector = Of(PolicyPair.EastEnd), RemoteSelector = Of(PolicyPair.WestEnd) })
                .Both(c => c with { Suites = [Phase2Policies.Gcm with { UseEsn = true }], OmitIdentities = true }),
            _ => new PolicyPair(),
        };
        return policies;

        static Wire.V1.IdentificationPayload Of(System.Net.IPEndPoint end) => V1.QuickMode.SelectorIdentity.Of(end.Address);
    }

    private static void Complete(Ladder ladder, string form)
    {
        var count = form.Contains("bundle", StringComparison.Ordinal) ? 2 : 1;
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Endpoint.ChildSas.Should().HaveCount(count);
            side.Saw<InstallChildSa>().Should().HaveCount(count);
            side.Saw<ExchangeFailed>().Should().BeEmpty();
        }

        ladder.West.Endpoint.ChildSas.Select(p => (p.Protocol, p.InboundSpi, p.OutboundSpi)).Should()
            .Equal(ladder.East.Endpoint.ChildSas.Select(p => (p.Protocol, p.OutboundSpi, p.InboundSpi)));
    }
}
