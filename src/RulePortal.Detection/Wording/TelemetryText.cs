using System.Globalization;
using System.Text;

namespace RulePortal.Detection.Wording;

/// <summary>Text from telemetry made fit to stand in a sentence: an attacker may have chosen it.</summary>
public static class TelemetryText
{
    private const int Longest = 100;
    private const int Head = 60;

    /// <summary>The text on one line, without control and direction characters, cut in the middle past 100 characters.</summary>
    public static string Shown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return "(empty)";
        }

        // A rune has two characters at most, so these ends hold all that is shown: a text of many megabytes is not walked through.
        var runes = (text.Length <= Longest * 4 ? text : string.Concat(text.AsSpan(0, Head * 2), text.AsSpan(text.Length - (Longest * 2))))
            .EnumerateRunes().Select(rune => IsPlain(rune) ? rune : Rune.ReplacementChar).ToList();
        return runes.Count <= Longest
            ? Join(runes)
            : $"{Join(runes.Take(Head))}…{Join(runes.TakeLast(Longest - Head - 1))}";
    }

    private static string Join(IEnumerable<Rune> runes) => runes.Aggregate(new StringBuilder(), (text, rune) => text.Append(rune.ToString())).ToString();

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
