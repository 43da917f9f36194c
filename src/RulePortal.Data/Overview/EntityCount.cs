namespace RulePortal.Data.Overview;

/// <summary>How many alerts are about something.</summary>
/// <param name="Value">Its name as the telemetry spells it: text that an attacker may have chosen.</param>
/// <param name="Alerts">Alerts about it.</param>
public sealed record EntityCount(string Value, int Alerts);
