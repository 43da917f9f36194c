using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Simulation;

/// <summary>Simulates a detector that knows no pass: each window alone, as the scheduler does it.</summary>
internal static class WindowByWindow
{
    public static async Task<IReadOnlyList<Candidate>> FindCandidatesAsync(
        SimulationRequest request, IConnections connections, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        var candidates = new List<Candidate>();
        var budget = new RowBudget(request);
        var ends = request.WindowEnds().ToList();
        foreach (var (window, end) in ends.Index())
        {
            var findings = await request.Rule.DetectAsync(end, connections, cancellationToken);
            if (findings.Count > 0)
            {
                budget.Hold(findings.Count);
                candidates.Add(new Candidate(window, Subject.None, [], [.. findings.Select(finding => SimulatedRow.Of(finding, request.Rule.Detector.NamingColumns))]));
            }

            progress?.Report(new SimulationProgress(window + 1, ends.Count));
        }

        return candidates;
    }
}
