using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Rules;

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

/// <summary>How many alerts were raised between two instants.</summary>
/// <param name="FromUtc">Raised at or after this instant, or null for any time before <see cref="ToUtc"/>. UTC.</param>
/// <param name="ToUtc">Raised before this instant, or null for up to now. UTC.</param>
/// <param name="Alerts">The alerts.</param>
public sealed record AgeCount(DateTime? FromUtc, DateTime? ToUtc, SeverityCounts Alerts);

/// <summary>How many alerts were raised on a UTC day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Alerts">The alerts.</param>
public sealed record DayCount(DateOnly Day, SeverityCounts Alerts);

/// <summary>How many alerts are about something.</summary>
/// <param name="Value">Its name as the telemetry spells it: text that an attacker may have chosen.</param>
/// <param name="Alerts">Alerts about it.</param>
public sealed record EntityCount(string Value, int Alerts);

/// <summary>How many alerts a rule raised.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alerts">Its alerts.</param>
public sealed record RuleCount(RuleReference Rule, int Alerts);

/// <summary>How a rule's alerts were closed.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Closed">Its closed alerts.</param>
/// <param name="FalsePositives">Those closed as false positives.</param>
public sealed record RuleVerdicts(RuleReference Rule, int Closed, int FalsePositives)
{
    /// <summary>False positives among the closed alerts.</summary>
    /// <value>0 to 1.</value>
    public double FalsePositiveShare => Closed == 0 ? 0 : (double)FalsePositives / Closed;
}
