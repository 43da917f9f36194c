using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

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
