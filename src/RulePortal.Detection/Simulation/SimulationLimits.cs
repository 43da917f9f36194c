using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Simulation;

internal static class SimulationLimits
{
    /// <summary>Counts rows that are kept.</summary>
    /// <exception cref="SimulationLimitException">There are more than the request allows.</exception>
    public static void Hold(ref int held, int rows, SimulationRequest request)
    {
        held += rows;
        if (held > request.MostRows)
        {
            throw new SimulationLimitException($"The simulation has more than {Words.Number(request.MostRows)} result rows; choose a shorter span, or lower thresholds.");
        }
    }
}
