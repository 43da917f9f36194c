using RulePortal.Data.Auditing;

namespace RulePortal.Data.Security;

/// <summary>What a session begins with.</summary>
/// <param name="Mode">How the person signed in; 1 to 20 characters.</param>
/// <param name="Actor">Who.</param>
/// <param name="Roles">The roles held; none contains a comma.</param>
/// <param name="Length">How long it lasts at most.</param>
/// <param name="ProtectedTokens">The identity provider's tokens, encrypted, or null.</param>
public sealed record NewSession(string Mode, Actor Actor, IReadOnlyList<string> Roles, TimeSpan Length, string? ProtectedTokens);
