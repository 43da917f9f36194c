using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Simulation;

/// <summary>Simulates a detector that knows no pass: each window alone, as the scheduler does it.</summary>
internal static class WindowByWindow
{
    public static async Task<IReadOnlyList<Candidate>> FindCandidatesAsync(IDetector detector, SimulationRequest request, IConnectionHistory history, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        var rule = request.Rule;
        var candidates = new List<Candidate>();
        var held = 0;
        var ends = request.WindowEnds().ToList();
        foreach (var (place, end) in ends.Index())
        {
            var findings = await detector.DetectAsync(new DetectionContext(end, rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod), history, cancellationToken);
            if (findings.Count > 0)
            {
                SimulationLimits.Hold(ref held, findings.Count, request);
                candidates.Add(new Candidate(place, "", [], [.. findings.Select(finding => SimulatedRow.Of(finding, end))]));
            }

            progress?.Report(new SimulationProgress(place + 1, ends.Count));
        }

        return candidates;
    }
}
