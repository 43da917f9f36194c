using RulePortal.Data.Alerts.Reading;

namespace RulePortal.Data.Overview;

/// <summary>The alerts' numbers on the Overview page at one moment.</summary>
public sealed record OverviewNumbers
{
    /// <summary>The moment. UTC.</summary>
    public required DateTime AtUtc { get; init; }

    /// <summary>Where the numbers over <see cref="OverviewQueries.Days"/> days begin: a midnight. UTC.</summary>
    public required DateTime SinceUtc { get; init; }

    /// <summary>Alerts that are not closed, youngest first.</summary>
    public required IReadOnlyList<AgeCount> OpenByAge { get; init; }

    /// <summary>Alerts that are not closed and that nobody owns.</summary>
    public required int Unassigned { get; init; }

    /// <summary>Alerts raised on each of the days, oldest first, days without alerts included.</summary>
    public required IReadOnlyList<DayCount> ByDay { get; init; }

    /// <summary>Alerts of those days having each tactic, in the matrix's order.</summary>
    public required IReadOnlyList<TacticCount> ByTactic { get; init; }

    /// <summary>Rules with the most alerts of those days.</summary>
    public required IReadOnlyList<RuleCount> TopRules { get; init; }

    /// <summary>Hosts that the most alerts of those days are about.</summary>
    public required IReadOnlyList<EntityCount> TopHosts { get; init; }

    /// <summary>Countries that the most alerts of those days are about.</summary>
    public required IReadOnlyList<EntityCount> TopCountries { get; init; }

    /// <summary>Processes that the most alerts of those days are about.</summary>
    public required IReadOnlyList<EntityCount> TopProcesses { get; init; }

    /// <summary>How the alerts of those days were closed, rule by rule, the rule with the most closed ones first.</summary>
    public required IReadOnlyList<RuleVerdicts> Verdicts { get; init; }

    /// <summary>Alerts that are not closed.</summary>
    public int Open => OpenByAge.Sum(age => age.Alerts.Total);
}
