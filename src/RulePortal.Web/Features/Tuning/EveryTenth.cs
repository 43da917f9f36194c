using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Features.Tuning;

/// <summary>Tells of every tenth part of a simulation: a step of a pass takes less than drawing it.</summary>
internal sealed class EveryTenth(Action<SimulationProgress> tell) : IProgress<SimulationProgress>
{
    private int told = -1;

    public void Report(SimulationProgress value)
    {
        var tenth = value.Total == 0 ? 0 : value.Done * 10 / value.Total;
        if (tenth != told)
        {
            told = tenth;
            tell(value);
        }
    }
}
