namespace RulePortal.Web.Features.Health;

/// <param name="IsBad">Whether something stands still, rather than being worth a look.</param>
/// <param name="Text">A sentence with its numbers.</param>
/// <param name="Url">Where to read on or act, or null.</param>
public sealed record HealthConcern(bool IsBad, string Text, string? Url = null);
