namespace RulePortal.Web.Kit.Controls;

/// <summary>One choice of a filter.</summary>
/// <param name="Value">What it filters by.</param>
/// <param name="Text">Its words.</param>
public sealed record FilterOption<TValue>(TValue Value, string Text);
