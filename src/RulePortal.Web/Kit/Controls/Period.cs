using System.Globalization;
using MudBlazor;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Kit.Controls;

/// <summary>When something happened: within some time before now, or between two instants.</summary>
public sealed record Period(TimeSpan? Since, DateTime? FromUtc, DateTime? ToUtc)
{
    public static IReadOnlyList<Period> Offered { get; } = [Last(TimeSpan.FromHours(1)), Last(TimeSpan.FromDays(1)), Last(TimeSpan.FromDays(7)), Last(TimeSpan.FromDays(30))];

    public string Words => (Since, FromUtc, ToUtc) switch
    {
        ({ TotalHours: 1 }, _, _) => "in the last hour",
        ({ TotalDays: 1 }, _, _) => "in the last 24 hours",
        ({ } since, _, _) => $"in the last {Detection.Wording.DurationText.ForPeople(since)}",
        (null, { } from, { } to) => $"{Minute(from)} to {Minute(to)} UTC",
        (null, { } from, null) => $"since {Minute(from)} UTC",
        (null, null, { } to) => $"before {Minute(to)} UTC",
        _ => "any time",
    };

    /// <summary>The period of a view, or null when it has none; <paramref name="since"/> counts before the others.</summary>
    public static Period? Of(TimeSpan? since, DateTime? fromUtc, DateTime? toUtc) =>
        since is { } span ? Last(span)
        : fromUtc is null && toUtc is null ? null
        : new Period(null, fromUtc, toUtc);

    /// <summary>Asks for two instants; null when that was cancelled.</summary>
    public static async Task<Period?> AskAsync(IDialogService dialogs, string title, DateTime? fromUtc, DateTime? toUtc)
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        var parameters = new DialogParameters<BetweenDialog> { { dialog => dialog.FromUtc, fromUtc }, { dialog => dialog.ToUtc, toUtc } };
        var dialog = await dialogs.ShowAsync<BetweenDialog>(title, parameters);
        return await dialog.Result is { Canceled: false, Data: Period period } ? period : null;
    }

    private static Period Last(TimeSpan since) => new(since, null, null);

    private static string Minute(DateTime instant) => instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
