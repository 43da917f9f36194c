using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Detectors;

/// <summary>What a rule looks for, as code: a stateless function from settings and history to result rows.</summary>
public interface IDetector
{
    /// <summary>Stable name by which rule definitions refer to the detector.</summary>
    string Kind { get; }

    /// <summary>Name for people.</summary>
    string DisplayName { get; }

    /// <summary>Every knob, in the order of a form.</summary>
    IReadOnlyList<DetectorSetting> Settings { get; }

    /// <summary>The settings the detector ships with, as a JSON object with the keys of its documentation.</summary>
    string ShippedSettings { get; }

    /// <summary>Judges settings beside the rule's schedule.</summary>
    /// <param name="settingsJson">A JSON object.</param>
    /// <param name="frequency">The rule's QueryFrequency.</param>
    /// <param name="period">The rule's QueryPeriod.</param>
    /// <returns>Every fault, or an empty list.</returns>
    IReadOnlyList<RuleError> Validate(string settingsJson, TimeSpan frequency, TimeSpan period);

    /// <summary>Settings with every key and durations normalised, so that equal settings are equal text.</summary>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    string Normalize(string settingsJson, TimeSpan frequency, TimeSpan period);

    /// <summary>How far back from a window's end the detector reads, and how long the window is.</summary>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    DetectorReach Reach(string settingsJson, TimeSpan frequency, TimeSpan period);

    /// <summary>The rule in words: when it runs, what it looks at, when it fires.</summary>
    /// <param name="rule">The rule, with this detector's settings.</param>
    /// <returns>One paragraph.</returns>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    string Describe(RuleDefinition rule);

    /// <summary>What a tuner should know of the settings in hand: knobs without effect, gaps, how the rule blinds itself.</summary>
    /// <param name="rule">The rule, with this detector's settings.</param>
    /// <returns>Sentences, each beside a field; none of them is a fault.</returns>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    IReadOnlyList<RuleAdvice> Advise(RuleDefinition rule);

    /// <summary>Finds the result rows at an instant.</summary>
    /// <param name="context">What to evaluate and with which settings.</param>
    /// <param name="history">The rows to evaluate over.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <returns>The result rows in a stable order; empty when there are none.</returns>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    Task<IReadOnlyList<Finding>> DetectAsync(DetectionContext context, IConnectionHistory history, CancellationToken cancellationToken);
}
