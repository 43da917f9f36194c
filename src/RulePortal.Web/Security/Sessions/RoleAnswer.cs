using RulePortal.Data.Security;

namespace RulePortal.Web.Security.Sessions;

/// <summary>What the identity provider says of a session.</summary>
/// <param name="Ending">Why the session has to end, or null when it goes on.</param>
/// <param name="Roles">The roles it goes on with; null when the answer does not say, so that the question is asked again.</param>
/// <param name="ProtectedTokens">The tokens for the next question, encrypted; null for those there are.</param>
internal sealed record RoleAnswer(SessionEnding? Ending, IReadOnlyList<string>? Roles, string? ProtectedTokens)
{
    /// <summary>No answer at all.</summary>
    public static RoleAnswer None { get; } = new(null, null, null);

    public static RoleAnswer Confirmed(IReadOnlyList<string> roles, string? protectedTokens) => new(null, roles, protectedTokens);

    /// <summary>An answer that is not good, after which the old refresh token counts no more.</summary>
    public static RoleAnswer NotGood(string? protectedTokens) => new(null, null, protectedTokens);

    public static RoleAnswer Ends(SessionEnding ending) => new(ending, null, null);
}
