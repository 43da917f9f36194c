using System.Globalization;

namespace RulePortal.Web.Kit.Api;

/// <summary>Instants in a request's body: ISO 8601, UTC where no offset is given.</summary>
internal static class InstantText
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    public static bool TryRead(string? text, out DateTime instantUtc) =>
        DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instantUtc);
}
