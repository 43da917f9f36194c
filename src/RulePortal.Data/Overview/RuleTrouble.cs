using RulePortal.Data.Alerts;

namespace RulePortal.Data.Overview;

/// <summary>A rule that fails, is held or is disabled.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="IsEnabled">Whether it is evaluated all the same.</param>
/// <param name="Reason">What is the matter, or null when a person disabled it.</param>
/// <param name="IsHeld">Whether it waits for a person to decide of a window with very many result rows.</param>
public sealed record RuleTrouble(AlertRule Rule, bool IsEnabled, string? Reason, bool IsHeld = false);
