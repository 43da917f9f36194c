using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace RulePortal.Web.Kit.Controls;

/// <summary>An instant as a person reads it, "5 min ago" or "in 12 min", with the exact time in UTC on hover; kept true while the page is open.</summary>
public sealed partial class UtcTime : IDisposable
{
    [Inject]
    public required MinuteClock Clock { get; set; }

    /// <summary>UTC.</summary>
    [Parameter]
    [EditorRequired]
    public DateTime? Value { get; set; }

    /// <summary>The exact time in sight and the relative one on hover.</summary>
    [Parameter]
    public bool Absolute { get; set; }

    /// <summary>What stands where there is no time.</summary>
    [Parameter]
    public string None { get; set; } = "never";

    /// <summary>An exact time, to the second.</summary>
    public static string Exact(DateTime instant) => instant.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The distance between an instant and now, in the largest unit that fits.</summary>
    public static string Relative(DateTime instant, DateTime now)
    {
        var distance = (now - instant).Duration();
        var words = distance.TotalSeconds < 60 ? null
            : distance.TotalMinutes < 60 ? string.Create(CultureInfo.InvariantCulture, $"{(int)distance.TotalMinutes} min")
            : distance.TotalHours < 48 ? string.Create(CultureInfo.InvariantCulture, $"{(int)distance.TotalHours} h")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)distance.TotalDays} d");
        return words is null ? "just now" : instant <= now ? words + " ago" : "in " + words;
    }

    public void Dispose() => Clock.Ticked -= OnTicked;

    protected override void OnInitialized() => Clock.Ticked += OnTicked;

    private string Relative(DateTime instant) => Relative(instant, Clock.UtcNow);

    private void OnTicked(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
