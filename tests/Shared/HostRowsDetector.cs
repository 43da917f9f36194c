using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using static RulePortal.Detection.Wording.TelemetryText;
using static RulePortal.Detection.Wording.Words;

namespace RulePortal.TestSupport;

/// <summary>The settings of <see cref="HostRowsDetector"/>.</summary>
internal sealed record HostRowsSettings
{
    [Duration("Current window", "The span under evaluation.", "PT1M", "P14D", Follows = "queryFrequency")]
    public TimeSpan? CurrentWindow { get; init; }

    [Count("Least rows", "A host with fewer rows in the window is quiet.", "rows", Least = 1, Greatest = 1_000, Passes = Passes.AtLeast)]
    public long LeastRows { get; init; } = 3;

    [Duration(
        "Lookback", "How far back a host's rows are counted.", "PT1M", "P75D", Follows = "queryPeriod", LongerThan = nameof(CurrentWindow))]
    public TimeSpan? Lookback { get; init; }

    [Count(
        "Most rows before",
        "A host with more rows than this in the lookback is always busy.",
        "rows",
        Least = 1,
        Passes = Passes.AtMost,
        Within = nameof(Lookback))]
    public long MostBefore { get; init; } = 100;
}

/// <summary>
/// Finds hosts that are busy in the window and were not before: unlike the detectors shipped in its subject, and in a knob that finds more
/// the lower it is.
/// </summary>
internal sealed class HostRowsDetector : Detector<HostRowsSettings>, ISimulate<HostRowsSettings>
{
    public const string KindName = "HostRows";

    public override string Kind => KindName;

    public override string DisplayName => "Busy host";

    public override IReadOnlyList<NamingColumn> NamingColumns { get; } = [new("Computer", "Host", EntityType.Host)];

    public override DetectorReach Reach(HostRowsSettings settings) => new(settings.CurrentWindow!.Value, settings.Lookback!.Value);

    public override string Describe(RuleDefinition rule, HostRowsSettings settings) =>
        $"Finds hosts with at least {Count(settings.LeastRows, "row")} in the window and at most {Number(settings.MostBefore)} before.";

    public override async Task<IReadOnlyList<Finding>> DetectAsync(
        HostRowsSettings settings, TimeRange window, IConnections connections, CancellationToken cancellationToken)
    {
        var before = await BeforeAsync(
            connections, TimeRange.Back(window.EndUtc, settings.Lookback!.Value, window.Length), cancellationToken);
        return
        [
            .. from host in await HostsAsync(connections, window, cancellationToken)
               where host.Count() >= settings.LeastRows && before.GetValueOrDefault(host.Key) <= settings.MostBefore
               select FindingOf([.. host], before.GetValueOrDefault(host.Key), settings, window),
        ];
    }

    public async Task<IReadOnlyList<Candidate>> FindCandidatesAsync(
        HostRowsSettings settings,
        SimulationRequest request,
        IConnections connections,
        IProgress<SimulationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var budget = new RowBudget(request);
        var (least, most) = (request.Thresholds(0).Least, request.Thresholds(1).Greatest);
        var candidates = new List<Candidate>();
        List<DateTime> ends = [.. request.WindowEnds()];
        foreach (var (position, end) in ends.Index())
        {
            var before = new List<Dictionary<string, int>>();
            foreach (var lookback in request.LookbacksOf(1))
            {
                before.Add(await BeforeAsync(connections, TimeRange.Back(end, lookback, settings.CurrentWindow!.Value), cancellationToken));
            }

            foreach (var host in await HostsAsync(connections, TimeRange.Back(end, settings.CurrentWindow!.Value), cancellationToken))
            {
                if (host.Count() >= least && before[0].GetValueOrDefault(host.Key) <= most)
                {
                    budget.Hold(1);
                    candidates.Add(new Candidate(
                        position,
                        SubjectOf(host.Key),
                        [host.Count(), .. before.Select(counts => Math.Min(most + 1, counts.GetValueOrDefault(host.Key)))],
                        [new SimulatedRow(KeyOf(host.Key), SubjectOf(host.Key), [host.Key], host.First().TimeGenerated)]));
                }
            }

            progress?.Report(new SimulationProgress(position + 1, ends.Count));
        }

        return candidates;
    }

    private static async Task<IEnumerable<IGrouping<string, VmConnection>>> HostsAsync(
        IConnections connections, TimeRange window, CancellationToken cancellationToken) =>
        (await connections.RowsAsync(window, cancellationToken))
            .GroupBy(row => row.Computer, StringComparer.Ordinal).OrderBy(host => host.Key, StringComparer.Ordinal);

    private static async Task<Dictionary<string, int>> BeforeAsync(
        IConnections connections, TimeRange baseline, CancellationToken cancellationToken) =>
        (await connections.BaselineAsync(baseline, cancellationToken))
            .CountBy(row => row.Computer, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    private static Subject SubjectOf(string host) => Subject.Of(nameof(VmConnection.Computer), host);

    private static string KeyOf(string host) => GroupKeys.Hash([host]);

    private static Finding FindingOf(List<VmConnection> rows, int before, HostRowsSettings settings, TimeRange window)
    {
        const int steps = 12;
        var host = rows[0].Computer;
        var step = window.Length / steps;
        var perStep = Enumerable.Range(0, steps)
            .Select(each => rows.LongCount(row => (row.TimeGenerated - window.StartUtc) / step is var at && at >= each && at < each + 1));
        return new Finding(
            [new("Computer", host), new("Rows", (long)rows.Count), new("RowsBefore", (long)before)],
            host.Length == 0 ? [] : [new FindingEntity(EntityType.Host, host)],
            SubjectOf(host),
            KeyOf(host),
            new Explanation(
                $"{Shown(host)} had {Count(rows.Count, "row")} in the window and {Number(before)} before.",
                "It is busy now and was not before.",
                [
                    new(
                        "rows",
                        "Rows in the window",
                        rows.Count,
                        IsAtLeast: false,
                        settings.LeastRows,
                        $"at least {Count(settings.LeastRows, "row")} make the host busy",
                        "rows"),
                    new(
                        "before",
                        "Rows before",
                        before,
                        IsAtLeast: false,
                        settings.MostBefore,
                        $"more than {Number(settings.MostBefore)} rows make the host always busy",
                        "rows"),
                ],
                [
                    new EvidenceSeries("Rows over the window", "rows", window.StartUtc, step, [.. perStep], settings.LeastRows),
                    new EvidenceGrid(
                        "Processes",
                        [new("Process", Entity: EntityType.Process), new("Rows", IsNumber: true)],
                        [
                            .. rows.CountBy(row => row.ProcessName)
                                .Select(process => (IReadOnlyList<string?>)[process.Key, Number(process.Value)]),
                        ]),
                ]))
        {
            FirstUtc = rows[0].TimeGenerated,
        };
    }
}
