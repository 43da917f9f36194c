namespace RulePortal.Web.Security.Sessions;

/// <summary>A browser's session.</summary>
internal static class Session
{
    /// <summary>How long it lasts at most: a shift, with some to spare.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromHours(10);
}
