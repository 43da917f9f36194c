using RulePortal.Data.Alerts;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Shell;

/// <summary>What the list of alerts shows, as its address says it: within one filter any value fits, between filters all must.</summary>
public sealed record AlertFilter
{
    public IReadOnlyList<AttackTactic> Tactics { get; init; } = [];

    public IReadOnlyList<Severity> Severities { get; init; } = [];

    public IReadOnlyList<AlertStatus> Statuses { get; init; } = [];

    public IReadOnlyList<Guid> Rules { get; init; } = [];

    /// <summary>An actor's id, <c>me</c> or <c>none</c>; null for any owner.</summary>
    public string? Owner { get; init; }

    public DateTime? FromUtc { get; init; }

    public DateTime? ToUtc { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;
}
