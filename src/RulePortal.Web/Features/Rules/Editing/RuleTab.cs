using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>The parts of the Rule page, in order.</summary>
public enum RuleTab
{
    General = 0,
    Detector = 1,
    Schedule = 2,
    Trigger = 3,
    Runs = 4,
    Versions = 5,
}
