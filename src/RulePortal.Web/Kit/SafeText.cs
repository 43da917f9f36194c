using System.Globalization;
using System.Text;

namespace RulePortal.Web.Kit;

/// <summary>Text that came from telemetry, and so from anybody, made fit to be looked at.</summary>
public static class SafeText
{
    /// <summary>The text with every character that is invisible or turns the reading direction written out, such as <c>\u202E</c>.</summary>
    public static string Visible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EnumerateRunes().Any(IsHidden))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsHidden(rune) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}") : shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    /// <summary>The text with its middle cut out when it is longer than <paramref name="max"/> characters: beginnings and ends are what tells names apart.</summary>
    public static string Shorten(string text, int max)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = StringInfo.ParseCombiningCharacters(text);
        if (letters.Length <= max)
        {
            return text;
        }

        var head = (max - 1 + 1) / 2;
        var tail = max - 1 - head;
        return string.Concat(text.AsSpan(0, letters[head]), "…", tail > 0 ? text.AsSpan(letters[^tail]) : []);
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;
}
