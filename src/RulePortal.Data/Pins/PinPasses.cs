using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;

namespace RulePortal.Data.Pins;

/// <summary>Evaluates one definition over the windows of pins, each run of neighbouring windows once.</summary>
internal sealed class PinPasses
{
    private readonly BoundRule? bound;
    private readonly Guid ruleId;
    private readonly RuleDefinition rule;
    private readonly ConnectionSnapshot snapshot;
    private readonly Dictionary<DateTime, (WhatIf? WhatIf, string? Fault)> byEnd = [];
    private readonly string? fault;
    private readonly TimeSpan length;
    private bool isSorted;
    private readonly List<TimeRange> spans = [];

    public PinPasses(DetectorCatalog detectors, Guid ruleId, RuleDefinition rule, ConnectionSnapshot snapshot)
    {
        (this.ruleId, this.rule, this.snapshot) = (ruleId, rule, snapshot);
        fault = detectors.Check(rule, out bound).Count > 0 ? "The definition has faults, so nothing can be evaluated with it." : null;
        length = bound?.Reach.CurrentWindow ?? default;
    }

    /// <summary>Judges a pin.</summary>
    /// <param name="pin">The pin.</param>
    /// <param name="all">All that will be judged, so that neighbours are evaluated together.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PinVerdict> JudgeAsync(RulePin pin, IReadOnlyList<RulePin> all, CancellationToken cancellationToken)
    {
        if (fault is not null)
        {
            return PinVerdict.Unknown(fault);
        }

        Sort(all);
        var verdicts = new List<PinVerdict>(pin.Windows.Count);
        foreach (var window in pin.Windows)
        {
            verdicts.Add(await JudgeAsync(pin.Pin.Kind, window, cancellationToken));
        }

        return PinVerdict.Over(verdicts);
    }

    private async Task<PinVerdict> JudgeAsync(PinKind kind, PinnedWindow window, CancellationToken cancellationToken)
    {
        if (PinJudge.Mismatch(window, rule, length) is { } mismatch)
        {
            return PinVerdict.Unknown(mismatch);
        }

        if (!byEnd.TryGetValue(window.Range.EndUtc, out var pass))
        {
            var span = spans.First(span => window.Range.EndUtc > span.StartUtc && window.Range.EndUtc <= span.EndUtc);
            pass = await RunAsync(span, cancellationToken);
            for (var end = span.StartUtc + rule.QueryFrequency; end <= span.EndUtc; end += rule.QueryFrequency)
            {
                byEnd[end] = pass;
            }
        }

        return pass.WhatIf is { } whatIf ? PinJudge.Judge(kind, window, whatIf, whatIf.Own) : PinVerdict.Unknown(pass.Fault!);
    }

    private async Task<(WhatIf?, string?)> RunAsync(TimeRange span, CancellationToken cancellationToken)
    {
        try
        {
            // As a simulation does: alerts are excluded as they stand now.
            var read = span with { StartUtc = TimeRange.Back(span.StartUtc, RuleLimits.LongestPeriod).StartUtc };
            IConnections connections = rule.BaselineExcludesAlerts
                ? new ExcludingConnections(snapshot, (await AlertedRows.ReadAsync(snapshot.Db, ruleId, read, cancellationToken)).Exclusions)
                : snapshot;
            var request = new SimulationRequest { Rule = bound!, Span = span, AlertsOf = ruleId };
            return (new WhatIf(await SimulationPass.RunAsync(request, connections, progress: null, cancellationToken)), null);
        }
        catch (SimulationLimitException tooLarge)
        {
            return (null, tooLarge.Message);
        }
    }

    /// <summary>Finds the runs of windows that follow each other.</summary>
    private void Sort(IReadOnlyList<RulePin> all)
    {
        if (isSorted)
        {
            return;
        }

        isSorted = true;
        var ends = all.SelectMany(pin => pin.Windows).Where(window => PinJudge.Mismatch(window, rule, length) is null).Select(window => window.Range.EndUtc).Distinct().Order();
        foreach (var end in ends)
        {
            if (spans is [.., var last] && last.EndUtc + rule.QueryFrequency == end)
            {
                spans[^1] = last with { EndUtc = end };
            }
            else
            {
                spans.Add(TimeRange.Back(end, rule.QueryFrequency));
            }
        }
    }
}
