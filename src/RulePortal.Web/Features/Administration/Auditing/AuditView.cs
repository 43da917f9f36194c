using System.Globalization;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>What the audit trail shows, as its address says it: within one filter any value fits, between filters all must.</summary>
public sealed record AuditView
{
    /// <summary>Entries a page.</summary>
    public const int Size = 50;

    /// <summary>Within this long before now; <see cref="FromUtc"/> and <see cref="ToUtc"/> then do not count.</summary>
    public TimeSpan? Since { get; init; }

    public DateTime? FromUtc { get; init; }

    public DateTime? ToUtc { get; init; }

    /// <summary>Ids of actors.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Some of <see cref="AuditActions"/>.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    public IReadOnlyList<AuditOutcome> Outcomes { get; init; } = [];

    /// <summary>Contained in subject, detail, name or origin.</summary>
    public string? Text { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether anything is left out.</summary>
    public bool IsFiltered => !FilterQuery().IsEmpty;

    /// <summary>The filter at one moment.</summary>
    public AuditFilter ToFilter(DateTime nowUtc) => new()
    {
        FromUtc = Since is { } since ? nowUtc - since : FromUtc,
        ToUtc = Since is null ? ToUtc : null,
        ActorIds = Actors,
        Actions = Actions,
        Outcomes = Outcomes,
        Text = Text,
    };

    /// <summary>The page's address.</summary>
    public string ToUrl() => PortalUrls.AuditTrail + FilterQuery().Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>The trail as a file; the page does not count.</summary>
    public string ToCsvUrl() => PortalUrls.AuditCsvFile + FilterQuery();

    /// <inheritdoc cref="ToCsvUrl"/>
    public string ToNdjsonUrl() => PortalUrls.AuditNdjsonFile + FilterQuery();

    private QueryWriter FilterQuery() => new QueryWriter()
        .Add("since", Since is { } since ? DurationText.ToIso(since) : null)
        .Add("from", Since is null ? FromUtc : null)
        .Add("to", Since is null ? ToUtc : null)
        .AddAll("actor", Actors)
        .AddAll("action", Actions)
        .AddAll("outcome", Outcomes)
        .Add("text", Text?.Trim());
}
