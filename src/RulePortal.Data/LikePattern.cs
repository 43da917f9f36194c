namespace RulePortal.Data;

/// <summary>Patterns for LIKE, which minds the case on neither provider, where Contains minds it on SQLite alone.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    /// <summary>What contains a text in which nothing is a wildcard. A bracket is one on SQL Server alone.</summary>
    public static string Containing(string text) => "%" + text
        .Replace(Escape, Escape + Escape, StringComparison.Ordinal)
        .Replace("%", Escape + "%", StringComparison.Ordinal)
        .Replace("_", Escape + "_", StringComparison.Ordinal)
        .Replace("[", Escape + "[", StringComparison.Ordinal) + "%";
}
