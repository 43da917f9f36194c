using System.Globalization;
using RulePortal.Web.Shell;

namespace RulePortal.Web.Features.Alerts;

/// <summary>When the alerts were raised: within some time before now, or between two instants.</summary>
public sealed record RaisedRange(TimeSpan? Since, DateTime? FromUtc, DateTime? ToUtc)
{
    public static IReadOnlyList<RaisedRange> Offered { get; } = [Last(TimeSpan.FromHours(1)), Last(TimeSpan.FromDays(1)), Last(TimeSpan.FromDays(7)), Last(TimeSpan.FromDays(30))];

    public string Words => (Since, FromUtc, ToUtc) switch
    {
        ({ TotalHours: 1 }, _, _) => "in the last hour",
        ({ TotalDays: 1 }, _, _) => "in the last 24 hours",
        ({ } since, _, _) => $"in the last {Detection.Rules.DurationText.ForPeople(since)}",
        (null, { } from, { } to) => $"{Minute(from)} to {Minute(to)} UTC",
        (null, { } from, null) => $"since {Minute(from)} UTC",
        (null, null, { } to) => $"before {Minute(to)} UTC",
        _ => "any time",
    };

    /// <summary>The view's range, or null when it has none.</summary>
    public static RaisedRange? Of(AlertsView view) =>
        view.Since is { } since ? Last(since)
        : view.FromUtc is null && view.ToUtc is null ? null
        : new RaisedRange(null, view.FromUtc, view.ToUtc);

    private static RaisedRange Last(TimeSpan since) => new(since, null, null);

    private static string Minute(DateTime instant) => instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
