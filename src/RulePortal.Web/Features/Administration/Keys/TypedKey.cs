using RulePortal.Data.Security;

namespace RulePortal.Web.Features.Administration.Keys;

/// <summary>A key that somebody was about to make, fit to be kept in the browser. Never the key itself.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Days">How long it counts, or null for until it is revoked.</param>
public sealed record TypedKey(string Name, ApiKeyRole Role, int? Days);
