using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors;

/// <summary>A detector whose findings become part of what it compares with, and which can say when it no longer finds them.</summary>
public interface IForecastingDetector : IDetector
{
    /// <summary>The subjects of findings that grow into the baseline, such as the countries among an alert's entities.</summary>
    /// <returns>Without repeats, in the order of the entities.</returns>
    IReadOnlyList<string> SubjectsOf(IEnumerable<FindingEntity> entities);

    /// <summary>Says of each subject how far it is from being ordinary.</summary>
    /// <param name="question">Which rule, window and subjects, and what time it is.</param>
    /// <param name="scan">The rows; one consistent read. What is kept out of it is kept out of the forecast.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One a subject, in their order.</returns>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    Task<IReadOnlyList<BaselineForecast>> ForecastAsync(ForecastQuestion question, IConnectionScan scan, CancellationToken cancellationToken);
}
