using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Alerts;

/// <summary>How somebody wants to close alerts; the verdict is null while it is only a draft.</summary>
public sealed record CloseChoice(ClosingVerdict? Verdict, string? Comment);
