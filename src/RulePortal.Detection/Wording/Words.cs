using System.Globalization;

namespace RulePortal.Detection.Wording;

/// <summary>Numbers in sentences.</summary>
public static class Words
{
    /// <summary>A number with thousands marked, such as <c>1,234</c>.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number and what it counts, such as "1 row" or "1,234 rows".</summary>
    /// <param name="value">How many.</param>
    /// <param name="noun">What, in the singular; its plural ends in s.</param>
    public static string Count(long value, string noun) => value == 1 ? $"1 {noun}" : $"{Number(value)} {noun}s";

    /// <summary>An instant to the minute, such as <c>2026-01-31 00:00 UTC</c>.</summary>
    public static string Instant(DateTime instantUtc) => instantUtc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
