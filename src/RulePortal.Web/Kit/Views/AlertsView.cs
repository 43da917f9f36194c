using System.Globalization;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Kit.Views;

/// <summary>What a list of alerts shows, as its address says it: within one filter any value fits, between filters all must. Read by <see cref="AlertsViewReader"/>.</summary>
public sealed record AlertsView
{
    public const string Me = "me";
    public const string Nobody = "none";
    public const int DefaultSize = 25;

    /// <summary>Sizes of a page offered.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [10, DefaultSize, 50, 100];

    public IReadOnlyList<AttackTactic> Tactics { get; init; } = [];

    public IReadOnlyList<Severity> Severities { get; init; } = [];

    public IReadOnlyList<AlertStatus> Statuses { get; init; } = [];

    public IReadOnlyList<Guid> Rules { get; init; } = [];

    /// <summary>An actor's id, <see cref="Me"/> or <see cref="Nobody"/>; null for any owner.</summary>
    public string? Owner { get; init; }

    /// <summary>Raised within this long before now; <see cref="FromUtc"/> and <see cref="ToUtc"/> then do not count.</summary>
    public TimeSpan? Since { get; init; }

    public DateTime? FromUtc { get; init; }

    public DateTime? ToUtc { get; init; }

    /// <summary>About exactly this.</summary>
    public FindingEntity? Entity { get; init; }

    /// <summary>Contained in the title or in an entity.</summary>
    public string? Text { get; init; }

    public AlertOrder Order { get; init; } = AlertOrder.Queue;

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Alerts a page, one of <see cref="Sizes"/>.</summary>
    public int Size { get; init; } = DefaultSize;

    /// <summary>Whether anything is left out.</summary>
    public bool IsFiltered => !FilterQuery().IsEmpty;

    /// <summary>The filter for one person at one moment.</summary>
    public AlertFilter ToFilter(string actorId, DateTime nowUtc) => new()
    {
        Tactics = Tactics,
        Severities = Severities,
        Statuses = Statuses,
        Rules = Rules,
        Unassigned = Owner == Nobody,
        OwnerId = Owner switch { Me => actorId, Nobody => null, _ => Owner },
        RaisedFromUtc = Since is { } since ? nowUtc - since : FromUtc,
        RaisedToUtc = Since is null ? ToUtc : null,
        Entity = Entity,
        Text = Text,
    };

    /// <summary>The address' query, beginning with a question mark, or nothing for the plain list.</summary>
    public string ToQuery()
    {
        var query = FilterQuery();
        if (Order != AlertOrder.Queue)
        {
            query.Add("sort", Order.By.ToString());
            query.Add("order", Order.Descending ? "desc" : "asc");
        }

        return query
            .Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null)
            .Add("size", Size != DefaultSize ? Size.ToString(CultureInfo.InvariantCulture) : null)
            .ToString();
    }

    /// <summary>The query of the filters alone: what a download of the whole list takes.</summary>
    public string ToFilterQuery() => FilterQuery().ToString();

    private QueryWriter FilterQuery() => new QueryWriter()
        .AddAll("tactic", Tactics)
        .AddAll("severity", Severities)
        .AddAll("status", Statuses)
        .AddAll("rule", Rules)
        .Add("owner", Owner)
        .Add("since", Since is { } since ? DurationText.ToIso(since) : null)
        .Add("from", Since is null ? FromUtc : null)
        .Add("to", Since is null ? ToUtc : null)
        .Add("entity", Entity is { } entity ? $"{entity.Type}:{entity.Value}" : null)
        .Add("text", Text?.Trim());
}
