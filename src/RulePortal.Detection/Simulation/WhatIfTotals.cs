using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>What a setting would have made of a span. Windows whose lookback reaches before the oldest record are counted as incomplete and nowhere else.</summary>
/// <param name="Alerts">Alerts raised.</param>
/// <param name="ResultRows">Result rows of windows that were evaluated, whether or not they fired.</param>
/// <param name="Alerted">Windows that alerted.</param>
/// <param name="NoAlert">Windows evaluated whose result rows did not fire.</param>
/// <param name="Suppressed">Windows silent after an alert.</param>
/// <param name="Learning">Windows whose baseline was too thin for alerts.</param>
/// <param name="NoData">Windows without any row.</param>
/// <param name="Incomplete">Windows that the history does not reach back for.</param>
/// <param name="IncompleteAlerts">Alerts of those.</param>
/// <param name="Held">Windows among those that alerted that would have held the rule until a person decides.</param>
public readonly record struct WhatIfTotals(int Alerts, int ResultRows, int Alerted, int NoAlert, int Suppressed, int Learning, int NoData, int Incomplete, int IncompleteAlerts, int Held);

/// <summary>Adds runs up.</summary>
internal sealed class RunSums
{
    private int alerts;
    private int rows;
    private int alerted;
    private int noAlert;
    private int suppressed;
    private int learning;
    private int noData;
    private int incomplete;
    private int incompleteAlerts;
    private int held;

    public WhatIfTotals Totals => new(alerts, rows, alerted, noAlert, suppressed, learning, noData, incomplete, incompleteAlerts, held);

    public void Add(SimulatedRun run)
    {
        if (!run.IsComplete && run.Kind != RunOutcomeKind.NoData)
        {
            incomplete++;
            incompleteAlerts += run.Alerts;
            return;
        }

        alerts += run.Alerts;
        rows += run.ResultRows;
        held += run.IsHeld ? 1 : 0;
        switch (run.Kind)
        {
            case RunOutcomeKind.Alerted:
                alerted++;
                break;
            case RunOutcomeKind.Learning:
                learning++;
                break;
            case RunOutcomeKind.NoData:
                noData++;
                break;
            case RunOutcomeKind.Suppressed:
                suppressed++;
                break;
            default:
                noAlert++;
                break;
        }
    }
}
