using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security.Providers;

/// <summary>Whom a token is about, in the product's words.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Roles">The roles the token gives; none when refused.</param>
/// <param name="Refusal">Why the person is not let in, or null.</param>
internal sealed record TokenPerson(Actor Actor, IReadOnlyList<string> Roles, SignInRefusal? Refusal);
