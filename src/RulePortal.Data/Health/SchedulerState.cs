using RulePortal.Data.Alerts;

namespace RulePortal.Data.Health;

/// <summary>How far the evaluation of rules is behind the clock.</summary>
/// <param name="Lag">For how long the latest window of some rule has been due without being started, the longest of them; zero when none is. Windows that were missed earlier do not count: they are filled beside.</param>
/// <param name="Rule">The rule of that window, or null.</param>
/// <param name="WindowEndUtc">Its end, or null. UTC.</param>
/// <param name="Waiting">Windows due now and not started, missed ones included.</param>
/// <param name="Running">Windows being evaluated.</param>
public sealed record SchedulerState(TimeSpan Lag, AlertRule? Rule, DateTime? WindowEndUtc, int Waiting, int Running);
