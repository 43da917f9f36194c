using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Overview;

namespace RulePortal.Web.Features.Health;

/// <summary>What the Health page shows at one moment. A part is null when it could not be read.</summary>
internal sealed record HealthState
{
    /// <summary>Machines named on the page: the longest silent.</summary>
    public const int SourcesShown = 10;

    /// <summary>Gaps shown: the last noticed.</summary>
    public const int GapsShown = 20;

    /// <summary>Rules named as slow.</summary>
    public const int SlowestShown = 10;

    /// <summary>UTC.</summary>
    public required DateTime AtUtc { get; init; }

    public SchedulerState? Scheduler { get; init; }

    public OverviewHealth? Rules { get; init; }

    public Page<RuleGapRow>? Gaps { get; init; }

    public IReadOnlyList<RuleFault>? Faults { get; init; }

    public IReadOnlyList<RuleDuration>? Slowest { get; init; }

    public SourcePage? Sources { get; init; }

    public StorageState? Storage { get; init; }

    public JobsState? Jobs { get; init; }

    public int CircuitsConnected { get; init; }

    public int CircuitsWaiting { get; init; }

    /// <summary>Whether nothing at all could be read of the store.</summary>
    public bool IsLost => Scheduler is null && Rules is null && Gaps is null && Sources is null && Storage is null;

    /// <summary>The parts that could not be read, as the page names them.</summary>
    public IReadOnlyList<string> Unread =>
    [
        .. new (string Name, object? Part)[]
        {
            ("the scheduler", Scheduler), ("the rules", Rules), ("the gaps", Gaps), ("the faults", Faults), ("the durations", Slowest), ("the machines", Sources), ("the storage", Storage), ("the jobs", Jobs),
        }.Where(part => part.Part is null).Select(part => part.Name),
    ];

    /// <summary>Windows of the gaps shown that wait or are being evaluated.</summary>
    public int MissedWindows => Gaps?.Items.Sum(gap => gap.Unfilled + gap.Filling) ?? 0;
}
