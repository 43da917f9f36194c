using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Tests.Simulation;

namespace RulePortal.Detection.Tests.Detectors.Exclusions;

/// <summary>Connections without some rows, against some from which they were really taken.</summary>
public sealed class ExcludingConnectionsTests
{
    // Around rows that are there: a span that meets none proves nothing.
    private static readonly Gen<List<(int Row, int Before, int Length, bool IsNowhere)>> Spans =
        (from row in Gen.Int[0, 10_000]
         from before in Gen.Int[0, 60]
         from length in Gen.OneOf(20, 61, 600, 3_000)
         from nowhere in Gen.Frequency((9, false), (1, true))
         select (row, before, length, nowhere)).List[0, 6];

    public static TheoryData<string> Kinds => Estate.Kinds;

    [Fact]
    public async Task Counts_OverRandomHistories_AreThoseWithoutTheRows()
    {
        var differing = 0;
        await Gen.Select(Estate.CasesOf(RareConnectionDetectors.ByProcess), Spans, Gen.Int[1, 4], Gen.Int[0, 5_000], Gen.Int[1, 5_000])
            .SampleAsync(
            async (@case, spans, cap, back, length) =>
            {
                var exclusions = Exclude(@case, spans);
                var whole = @case.Connections();
                var less = new InMemoryConnections(@case.Rows.Where(row =>
                    !exclusions.Exists(
                        exclusion => exclusion.Subject == @case.SubjectOf(row) && exclusion.Range.Contains(row.TimeGenerated))));
                var excluding = new ExcludingConnections(whole, exclusions);
                var range = new TimeRange(Estate.End.AddMinutes(-back - length), Estate.End.AddMinutes(-back));
                foreach (var country in await whole.AllAsync("outbound", default))
                {
                    var count = await less.CountAsync("outbound", country, range, cap, default);
                    Assert.Equal(count, await excluding.CountAsync("outbound", country, range, cap, default));
                    Assert.Equal(
                        await less.NthLatestAsync("outbound", country, range, (int)cap, default),
                        await excluding.NthLatestAsync("outbound", country, range, (int)cap, default));
                    Assert.Equal(
                        await less.BaselineAsync("outbound", country, range, default),
                        await excluding.BaselineAsync("outbound", country, range, default));
                    var tuples = @case.Rows.Where(row => row.RemoteCountry == country).Select(ConnectionTuple.Of).Distinct().ToList();
                    Assert.Equal(
                        await less.TupleRowsAsync("outbound", tuples, range, cap, default),
                        await excluding.TupleRowsAsync("outbound", tuples, range, cap, default));
                    Assert.Equal(
                        (await less.ScanAsync("outbound", country, range, 9_000, default)).Count,
                        (await excluding.ScanAsync("outbound", country, range, 9_000, default)).Count(row => !row.IsExcluded));
                    differing += count == await whole.CountAsync("outbound", country, range, cap, default) ? 0 : 1;
                }

                var window = new TimeRange(Estate.End.AddDays(-5), Estate.End);
                var expected = (await whole.SeenInAsync("outbound", window, range, cap, default))
                    .Select(country => country with { Rows = less.CountAsync("outbound", country.Country, range, cap, default).Result });
                Assert.Equal(expected, await excluding.SeenInAsync("outbound", window, range, cap, default));
                Assert.Equal(await less.BaselineAsync(range, default), await excluding.BaselineAsync(range, default));
            },
            iter: 400,
            threads: 1);

        Assert.InRange(differing, 20, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Simulation_WithExclusions_IsEachWindowAloneWithTheSame(string kind)
    {
        var (differing, results) = (0, 0);
        await Gen.Select(Estate.CasesOf(kind), Spans, Estate.Moves).SampleAsync(
            async (@case, spans, move) =>
            {
                var exclusions = Exclude(@case, spans);
                var whole = @case.Connections();
                var whatIf = await @case.AskAsync(new ExcludingConnections(whole, exclusions));
                var plain = await @case.AskAsync(whole);
                foreach (var setting in (WhatIfSetting[])[whatIf.Own, move(whatIf)])
                {
                    foreach (var (position, window) in whatIf.Pass.Windows.Index())
                    {
                        var found = await @case.DetectAsync(setting, window.Range.EndUtc, new ExcludingConnections(whole, exclusions));

                        Assert.Equal(
                            @case.InOrder(found.Select(finding => (finding.GroupKey, finding.Subject, finding.FirstUtc))),
                            @case.InOrder(whatIf.Rows(setting, position).Select(row => (row.GroupKey, row.Subject, row.FirstUtc))));
                        Assert.Equal(plain.Pass.Windows[position].HasRows, window.HasRows);
                        differing += found.Count == plain.Rows(setting, position).Count ? 0 : 1;
                        results += found.Count > 0 ? 1 : 0;
                    }
                }
            },
            iter: 300,
            threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{results} windows with results, {differing} of them other than without exclusions");
        Assert.InRange(differing, 20, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ExcludedAsync_WhatAnEvaluationUsed_GivesTheSameEvaluationAgain(string kind)
    {
        var (used, given) = (0, 0);
        await Gen.Select(Estate.CasesOf(kind), Spans).SampleAsync(
            async (@case, spans) =>
            {
                var exclusions = Exclude(@case, spans);
                var whole = @case.Connections();
                var first = new ExcludingConnections(whole, exclusions);
                var found = await @case.Rule.DetectAsync(Estate.End, first, default);
                var excluded = await first.ExcludedAsync(default);

                var again = await @case.Rule.DetectAsync(
                    Estate.End, new ExcludingConnections(whole, excluded.Select(each => each.Exclusion)), default);

                Assert.Equal(found.Select(Told), again.Select(Told));
                Assert.All(excluded, each => Assert.InRange(each.Rows, 1, ExcludedRows.MostCounted));
                used += excluded.Count;
                given += exclusions.Distinct().Count();
            },
            iter: 400,
            threads: 1);

        Assert.InRange(used, 20, given - 1);
    }

    [Fact]
    public async Task Countries_RowsOfTheWindowItself_StayRows()
    {
        var (rows, exclusion) = NineRowsOfAlfa();
        var excluding = new ExcludingConnections(new InMemoryConnections(rows), [exclusion]);

        var rowsOfAlfa = await excluding.RowsAsync("outbound", "Alfa", exclusion.Range, false, TestContext.Current.CancellationToken);
        Assert.Equal(9, rowsOfAlfa.Count);
        Assert.Equal(9, (await excluding.RowsAsync(exclusion.Range, TestContext.Current.CancellationToken)).Count);
        var lookback = exclusion.Range with { StartUtc = exclusion.Range.EndUtc.AddDays(-30) };
        var country = Assert.Single(
            await excluding.SeenInAsync("outbound", exclusion.Range, lookback, 6, TestContext.Current.CancellationToken));
        Assert.Equal(0, country.Rows);
        Assert.Equal([new ExcludedRows(exclusion, 9)], await excluding.ExcludedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ExcludedAsync_CountryAskedForInTwoSpellingsOfADirection_CountsBoth()
    {
        var (rows, exclusion) = NineRowsOfAlfa();
        List<VmConnection> mixed = [.. rows.Select((row, number) => row with { Direction = number < 4 ? "inbound" : "Inbound" })];
        var excluding = new ExcludingConnections(new InMemoryConnections(mixed), [exclusion]);

        foreach (var direction in (string[])["Inbound", "inbound", "INBOUND"])
        {
            Assert.Equal(0, await excluding.CountAsync(direction, "Alfa", exclusion.Range, 100, TestContext.Current.CancellationToken));
        }

        Assert.Equal([new ExcludedRows(exclusion, 9)], await excluding.ExcludedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task BaselineAsync_SubjectOfTwoValues_ExcludesTheRowsThatHaveBoth()
    {
        var (rows, exclusion) = NineRowsOfAlfa();
        List<VmConnection> mixed =
        [
            .. rows.Select(
                (row, number) => row with { ProcessName = number < 4 ? "nc" : "ssh", Computer = number % 2 == 0 ? "vm-01" : "vm-02" }),
        ];
        var both = exclusion with { Subject = Subject.Of([new("ProcessName", "nc"), new("Computer", "vm-01")]) };
        var excluding = new ExcludingConnections(
            new InMemoryConnections(mixed),
            [
                both,
                both with { AlertId = 2, Subject = Subject.None },
                both with { AlertId = 3, Subject = Subject.Of("Computer", "vm-99") },
            ]);

        var counted = await excluding.BaselineAsync(exclusion.Range, TestContext.Current.CancellationToken);

        Assert.Equal(7, counted.Count);
        Assert.DoesNotContain(counted, row => row is { ProcessName: "nc", Computer: "vm-01" });
        Assert.Equal([new ExcludedRows(both, 2)], await excluding.ExcludedAsync(TestContext.Current.CancellationToken));
    }

    private static (string, string, string) Told(Finding finding) =>
        (finding.GroupKey, finding.Explanation.Summary, finding.Explanation.Branch);

    private static (List<VmConnection> Rows, BaselineExclusion Exclusion) NineRowsOfAlfa() => (
        [
            .. Enumerable.Range(1, 9).Select(minute => new VmConnection
            {
                TimeGenerated = Estate.End.AddMinutes(-minute),
                Direction = "outbound",
                ProcessName = "nc",
                RemoteCountry = "Alfa",
            }),
        ],
        new BaselineExclusion(1, Subject.Of("RemoteCountry", "Alfa"), new TimeRange(Estate.End.AddHours(-1), Estate.End)));

    private static List<BaselineExclusion> Exclude(Estate.Case @case, List<(int Row, int Before, int Length, bool IsNowhere)> spans) =>
    [
        .. spans.Where(_ => @case.Rows.Count > 0).Select((span, alert) =>
        {
            var row = @case.Rows[span.Row % @case.Rows.Count];
            var start = row.TimeGenerated.AddMinutes(-span.Before);
            var subject = @case.SubjectOf(span.IsNowhere ? row with { RemoteCountry = "Nowhere", Computer = "nowhere" } : row);
            return new BaselineExclusion(alert + 1, subject, new TimeRange(start, start.AddMinutes(span.Length)));
        }),
    ];
}
