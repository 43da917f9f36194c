using RulePortal.Detection.Detectors;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Features.Tuning;

/// <summary>The names of simulated rows in tables of many: a column for each of the detector's naming columns.</summary>
internal static class RowNames
{
    private const int Longest = 40;

    /// <summary>The different names of rows in a column, the first ones and how many more.</summary>
    public static string Of(IEnumerable<SimulatedRow> rows, int column, int most)
    {
        var names = rows.Select(row => row.Names[column]).Distinct(StringComparer.Ordinal).ToList();
        var words = string.Join(", ", names.Take(most).Select(name => name.Length == 0 ? "(empty)" : SafeText.Shorten(SafeText.Visible(name), Longest)));
        return names.Count > most ? $"{words} and {names.Count - most} more" : words;
    }

    /// <summary>The earliest time of rows, such as <c>12:04:10</c>; nothing where none is known.</summary>
    public static string First(IEnumerable<SimulatedRow> rows) =>
        rows.Min(row => row.FirstUtc) is { } first ? first.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) : "";
}
