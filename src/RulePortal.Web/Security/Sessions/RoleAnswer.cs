using RulePortal.Data.Security;

namespace RulePortal.Web.Security.Sessions;

/// <summary>What the identity provider says of a session.</summary>
/// <param name="Ending">Why the session has to end, or null when it goes on.</param>
/// <param name="Roles">The roles it goes on with.</param>
/// <param name="ProtectedTokens">The tokens for the next question, encrypted.</param>
internal sealed record RoleAnswer(SessionEnding? Ending, IReadOnlyList<string> Roles, string? ProtectedTokens)
{
    public static RoleAnswer Confirmed(IReadOnlyList<string> roles, string? protectedTokens) => new(null, roles, protectedTokens);

    public static RoleAnswer Ends(SessionEnding ending) => new(ending, [], null);
}
