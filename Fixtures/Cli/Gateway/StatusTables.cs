// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Ipsec.Daemon.Status;
using Spectre.Console;

namespace Ipsec.Fixtures.Cli.Gateway;

/// <summary>A gateway's report as tables for people.</summary>
internal static class StatusTables
{
    /// <summary>Writes them.</summary>
    public static void Write(StatusReport report, Terminal terminal)
    {
        terminal.Say($"{report.Name}, device {report.Device}, running since {report.Started.ToString("u", CultureInfo.InvariantCulture)}");
        terminal.Console.Write(IkeSas(report.IkeSas));
        terminal.Console.Write(ChildSas(report.ChildSas));
        terminal.Console.Write(Counters(report));
    }

    private static Table IkeSas(ImmutableArray<IkeSaStatus> sas)
    {
        var table = Table("IKE SAs", "connection", "role", "local", "remote", "peer", "mode", "suite", "age / life s");
        foreach (var sa in sas)
        {
            Add(table, sa.Connection, sa.Role, sa.Local, sa.Remote, sa.PeerIdentity, sa.Mode, sa.Suite, $"{sa.AgeSeconds} / {sa.LifetimeSeconds}");
        }

        return table;
    }

    private static Table ChildSas(ImmutableArray<ChildSaStatus> sas)
    {
        var table = Table("child SAs", "child", "traffic", "protection", "SPI in", "SPI out", "packets in / out", "bytes in / out", "age / life s", "drops");
        foreach (var sa in sas)
        {
            Add(
                table,
                $"{sa.Connection}/{sa.Child}",
                $"{sa.LocalSelector} === {sa.RemoteSelector}",
                $"{sa.Protocol} {sa.Mode}, {sa.Suite}",
                sa.InboundSpi,
                sa.OutboundSpi,
                $"{Number(sa.PacketsIn)} / {Number(sa.PacketsOut)}",
                $"{Number((long)sa.BytesIn)} / {Number((long)sa.BytesOut)}",
                $"{sa.AgeSeconds} / {sa.LifetimeSeconds}",
                sa.Drops.IsEmpty ? "none" : string.Join(", ", sa.Drops.Select(drop => $"{drop.Key} {Number(drop.Value)}")));
        }

        return table;
    }

    private static Table Counters(StatusReport report)
    {
        var table = Table("packets", "what", "from the network", "to the network");
        foreach (var outcome in report.Inbound.Keys.Union(report.Outbound.Keys).Order(StringComparer.Ordinal))
        {
            Add(table, outcome, Number(report.Inbound.GetValueOrDefault(outcome)), Number(report.Outbound.GetValueOrDefault(outcome)));
        }

        foreach (var (what, count) in report.Counters.Where(counter => counter.Value != 0))
        {
            Add(table, what, Number(count), "");
        }

        return table;
    }

    private static Table Table(string title, params string[] columns) =>
        new Table().Title(Markup.Escape(title)).Border(TableBorder.Simple).AddColumns([.. columns.Select(Markup.Escape)]);

    private static void Add(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
