namespace RulePortal.Data.Alerts;

/// <summary>A rule that has raised alerts.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Name">Its name when it last raised one.</param>
public sealed record AlertRule(Guid Id, string Name);
