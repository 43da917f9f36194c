using System.Globalization;

namespace RulePortal.Web.Features.Health;

/// <summary>Measures in words.</summary>
internal static class HealthText
{
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    /// <summary>Bytes in the unit that fits, such as <c>1.5 GB</c>.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(bytes >= 100 || unit == 0 ? bytes.ToString("N0", CultureInfo.InvariantCulture) : bytes.ToString("0.#", CultureInfo.InvariantCulture))} {Units[unit]}");
    }

    /// <summary>A time to act on, in its largest units, such as <c>45 min</c> or <c>3 h 5 min</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
    };

    /// <summary>How long something took, to three figures or so: <c>3 ms</c>, <c>1.25 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Took(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.##} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
    };
}
