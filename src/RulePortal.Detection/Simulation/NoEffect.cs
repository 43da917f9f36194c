using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Simulation;

/// <summary>Says why a knob makes no difference.</summary>
internal sealed class NoEffect(WhatIf whatIf)
{
    public string Why(WhatIfSetting setting, WhatIfAxis axis)
    {
        var pass = whatIf.Pass;
        var span = DurationText.ForPeople(pass.Request.Span.Length);
        if (pass.Candidates.Count == 0)
        {
            return $"{axis.Label} has no effect here: no window of these {span} has anything that comes near to being a result.";
        }

        if (axis.Knob < 0)
        {
            var most = whatIf.Runs(setting).Where(run => run.IsComplete).Select(run => run.ResultRows).DefaultIfEmpty().Max();
            return most == 0
                ? $"{axis.Label} has no effect here: no window of these {span} has a result row at these settings."
                : $"{axis.Label} has no effect here: every window with result rows has more of them than any value shown (up to {Number(most)}), or none alerts for another reason.";
        }

        // Whatever the other knobs let through is decided by them alone.
        var others = pass.Candidates.Where(candidate => Enumerable.Range(0, setting.Knobs.Count).All(knob => knob == axis.Knob || Lets(candidate, knob))).ToList();
        if (others.Count == 0)
        {
            return $"{axis.Label} has no effect here: the other thresholds let nothing through for it to decide on.";
        }

        var value = setting.Knobs[axis.Knob];
        var numbers = others.Select(candidate => whatIf.NumberOf(candidate, axis.Knob, value.Lookback)).ToList();
        var knob = pass.Knobs[axis.Knob];
        var bound = knob.Passes == Passes.AtLeast ? $"at least {Number(numbers.Min())}" : $"at most {Number(numbers.Max())}";
        var within = knob.Lookback is null ? "" : $" in {DurationText.ForPeople(value.Lookback)}";
        return axis.IsLookback
            ? $"{axis.Label} has no effect here: whatever the other thresholds let through passes at every lookback shown."
            : $"{axis.Label} has no effect here: whatever the other thresholds let through ({Count(others.Count, "case")}) "
                + $"has {bound} {knob.Threshold.Unit}{within}.";

        bool Lets(Candidate candidate, int knob) =>
            pass.Knobs[knob].Lets(whatIf.NumberOf(candidate, knob, setting.Knobs[knob].Lookback), setting.Knobs[knob].Threshold);
    }
}
