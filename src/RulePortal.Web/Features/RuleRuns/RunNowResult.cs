using RulePortal.Data.Ledger;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>What "run now" did.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Runs">The windows evaluated, newest first.</param>
/// <param name="LeftToScheduler">Due windows beyond those.</param>
internal sealed record RunNowResult(RunNowOutcome Outcome, IReadOnlyList<RecordedRun> Runs, int LeftToScheduler);
