using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace RulePortal.Detection.Wording;

/// <summary>Durations as text: what people type and read, and ISO 8601 for every boundary.</summary>
public static partial class DurationText
{
    private const int LongestText = 100;
    private const string Calendar = "A month or a year has no fixed length; write days, such as 30d.";
    private const string TooLong = "The duration is too long.";

    /// <summary>Reads an ISO 8601 duration, such as <c>P30D</c> or <c>PT1H30M</c>.</summary>
    /// <param name="text">Upper-case ISO 8601 without sign, months or years; weeks (<c>P2W</c>) are read.</param>
    /// <param name="duration">The length, or zero when the text is at fault.</param>
    /// <param name="error">What is wrong and what would be right, as a sentence; null when the text is read.</param>
    public static bool TryParseIso(string? text, out TimeSpan duration, [NotNullWhen(false)] out string? error)
    {
        duration = default;
        if (text is { Length: <= LongestText } && IsoForm().Match(text) is { Success: true } match)
        {
            return TrySum(Parts(match), out duration, out error);
        }

        error = text is { Length: <= LongestText } && IsoCalendarForm().IsMatch(text) ? Calendar
            : TryParse(text, out var meant, out _) ? $"'{text?.Trim()}' is not an ISO 8601 duration; write {ToIso(meant)}."
            : "This is not an ISO 8601 duration; write one such as PT1H or P30D.";
        return false;
    }

    /// <summary>Reads what people type: <c>30d</c>, <c>1h 30m</c>, <c>90 min</c>, ISO 8601 in any case, or <c>1.06:00:00</c>.</summary>
    /// <param name="text">Whole numbers, each with its unit (w, d, h, m, s or the words), no unit twice.</param>
    /// <param name="duration">The length, or zero when the text is at fault.</param>
    /// <param name="error">What is wrong and what would be right, as a sentence; null when the text is read.</param>
    public static bool TryParse(string? text, out TimeSpan duration, [NotNullWhen(false)] out string? error)
    {
        duration = default;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length is 0 or > LongestText)
        {
            error = "Write a duration such as 30d or 1h 30m.";
            return false;
        }

        var upper = trimmed.ToUpperInvariant();
        if (IsoForm().Match(upper) is { Success: true } iso)
        {
            return TrySum(Parts(iso), out duration, out error);
        }

        if (ClockForm().IsMatch(trimmed) && TimeSpan.TryParseExact(trimmed, "c", CultureInfo.InvariantCulture, out duration))
        {
            error = null;
            return true;
        }

        if (!PeopleForm().IsMatch(trimmed))
        {
            error = IsoCalendarForm().IsMatch(upper) ? Calendar
                : trimmed.All(char.IsAsciiDigit) ? $"Say the unit: {trimmed}m, {trimmed}h or {trimmed}d."
                : "This is no duration; write one such as 30d, 1h 30m or PT1H.";
            return false;
        }

        return TryParsePeople(trimmed, out duration, out error);
    }

    /// <summary>The duration in ISO 8601, normalised: 70 minutes are <c>PT1H10M</c>.</summary>
    public static string ToIso(TimeSpan duration) => XmlConvert.ToString(duration);

    /// <summary>The duration as people read it, such as <c>30 d</c> or <c>1 h 30 min</c>.</summary>
    public static string ForPeople(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return $"-{ForPeople(duration == TimeSpan.MinValue ? TimeSpan.MaxValue : duration.Negate())}";
        }

        var seconds = duration.Seconds + (duration.Ticks % TimeSpan.TicksPerSecond / (decimal)TimeSpan.TicksPerSecond);
        (decimal Value, string Unit)[] parts = [(duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "min"), (seconds, "s")];
        var shown = parts.Where(part => part.Value != 0).Select(part => $"{part.Value.ToString("0.#######", CultureInfo.InvariantCulture)} {part.Unit}");
        return duration == TimeSpan.Zero ? "0 s" : string.Join(' ', shown);
    }

    private static bool TryParsePeople(string text, out TimeSpan duration, [NotNullWhen(false)] out string? error)
    {
        duration = default;
        var parts = new List<(decimal, long)>();
        foreach (Match part in PeoplePart().Matches(text))
        {
            var unit = part.Groups["unit"].Value;
            if (TicksOf(unit) is not { } ticks)
            {
                error = unit.ToUpperInvariant() is "Y" or "YEAR" or "YEARS" or "MO" or "MONTH" or "MONTHS"
                    ? Calendar
                    : $"'{unit}' is no unit of time; use d, h, m or s.";
                return false;
            }

            if (parts.Exists(earlier => earlier.Item2 == ticks))
            {
                error = $"The unit '{unit}' is said twice.";
                return false;
            }

            parts.Add((decimal.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), ticks));
        }

        return TrySum(parts, out duration, out error);
    }

    private static IEnumerable<(decimal Number, long Ticks)> Parts(Match iso) =>
        from unit in (string[])["w", "d", "h", "m", "s"]
        where iso.Groups[unit].Success
        select (decimal.Parse(iso.Groups[unit].ValueSpan, CultureInfo.InvariantCulture), TicksOf(unit)!.Value);

    private static bool TrySum(IEnumerable<(decimal Number, long Ticks)> parts, out TimeSpan duration, [NotNullWhen(false)] out string? error)
    {
        var ticks = parts.Sum(part => part.Number * part.Ticks);
        var fits = ticks <= long.MaxValue;
        duration = fits ? new TimeSpan((long)ticks) : default;
        error = fits ? null : TooLong;
        return fits;
    }

    private static long? TicksOf(string unit) => unit.ToUpperInvariant() switch
    {
        "W" or "WEEK" or "WEEKS" => 7 * TimeSpan.TicksPerDay,
        "D" or "DAY" or "DAYS" => TimeSpan.TicksPerDay,
        "H" or "HR" or "HRS" or "HOUR" or "HOURS" => TimeSpan.TicksPerHour,
        "M" or "MIN" or "MINS" or "MINUTE" or "MINUTES" => TimeSpan.TicksPerMinute,
        "S" or "SEC" or "SECS" or "SECOND" or "SECONDS" => TimeSpan.TicksPerSecond,
        _ => null,
    };

    // Ten digits a number: more never fits, and fewer than decimal's 28 keep the arithmetic exact.
    [GeneratedRegex(@"^P(?=[0-9T])((?<w>[0-9]{1,10})W)?((?<d>[0-9]{1,10})D)?(T(?=[0-9])((?<h>[0-9]{1,10})H)?((?<m>[0-9]{1,10})M)?((?<s>[0-9]{1,12}(\.[0-9]{1,7})?)S)?)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"^P([0-9]+Y([0-9]+M)?|[0-9]+M)([0-9]+D)?(T[0-9A-Z.]*)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsoCalendarForm();

    [GeneratedRegex(@"^([0-9]+\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ClockForm();

    [GeneratedRegex(@"^([0-9]{1,10}\s*[A-Za-z]+[\s,]*)+\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PeopleForm();

    [GeneratedRegex(@"(?<number>[0-9]+)\s*(?<unit>[A-Za-z]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PeoplePart();
}
