using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.Settings;

namespace RulePortal.Detection.Detectors;

/// <summary>A detector that can evaluate all windows of a past span in one pass, and whose thresholds then are comparisons.</summary>
/// <typeparam name="TSettings">The detector's settings.</typeparam>
/// <remarks>
/// Its result rows come in groups that stand or fall together, one <see cref="Candidate"/> each. A candidate has a number for every knob and lookback;
/// its rows are results when each number passes the knob's threshold (<see cref="Knob.Passes"/>).
/// </remarks>
public interface ISimulate<in TSettings>
{
    /// <summary>Evaluates every window of the request.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="request">Which windows and lookbacks.</param>
    /// <param name="connections">The rows; one consistent read.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The candidates, by window and then in the order of the detector's results.</returns>
    /// <exception cref="SimulationLimitException">The result would be larger than the request allows.</exception>
    Task<IReadOnlyList<Candidate>> FindCandidatesAsync(
        TSettings settings, SimulationRequest request, IConnections connections, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken);
}

/// <summary>A threshold that a what-if can move.</summary>
/// <param name="Threshold">The setting compared with.</param>
/// <param name="Lookback">The setting in which its number is counted, or null when it has none.</param>
public sealed record Knob(CountSetting Threshold, DurationSetting? Lookback)
{
    /// <summary>Which numbers pass.</summary>
    public Passes Passes => Threshold.Passes;

    /// <summary>Whether a number passes a threshold.</summary>
    public bool Lets(long number, long threshold) => Passes == Passes.AtLeast ? number >= threshold : number <= threshold;

    /// <summary>The thresholds among settings, in the order of the form.</summary>
    internal static IReadOnlyList<Knob> Of(IReadOnlyList<DetectorSetting> settings) =>
    [
        .. from threshold in settings.OfType<CountSetting>()
           where threshold.Passes != Passes.Unrelated
           select new Knob(threshold, settings.OfType<DurationSetting>().FirstOrDefault(lookback => lookback.Key == threshold.Within)),
    ];
}

/// <summary>What a knob is set to.</summary>
/// <param name="Threshold">What a candidate's number is compared with.</param>
/// <param name="Lookback">How far back it is counted.</param>
public readonly record struct KnobValue(long Threshold, TimeSpan Lookback);

/// <summary>Result rows of one window that stand or fall together, with the numbers that decide it.</summary>
/// <param name="Window">The window's position in the pass.</param>
/// <param name="Subject">What the rows are about; <see cref="Subject.None"/> when the detector is evaluated window by window.</param>
/// <param name="Numbers">
/// For each column of the pass, what was counted. Beyond the range that the pass answers, one past its end stands for all that lies there.
/// </param>
/// <param name="Rows">The result rows, in the order of the detector's results.</param>
public sealed record Candidate(int Window, Subject Subject, IReadOnlyList<long> Numbers, IReadOnlyList<SimulatedRow> Rows);

/// <summary>A result row by name.</summary>
/// <param name="GroupKey">The finding's <see cref="Finding.GroupKey"/>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Names">One a <see cref="Detector.NamingColumns"/>; empty where the row has none.</param>
/// <param name="FirstUtc">Its earliest connection in the window, or null where that is not known. UTC.</param>
public sealed record SimulatedRow(string GroupKey, Subject Subject, IReadOnlyList<string> Names, DateTime? FirstUtc)
{
    /// <summary>The row of a finding.</summary>
    public static SimulatedRow Of(Finding finding, IReadOnlyList<NamingColumn> names)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new SimulatedRow(
            finding.GroupKey,
            finding.Subject,
            [.. names.Select(name => Convert.ToString(finding[name.Name], System.Globalization.CultureInfo.InvariantCulture) ?? "")],
            finding.FirstUtc);
    }
}

/// <summary>How far a simulation is.</summary>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; what one is, the detector decides.</param>
public readonly record struct SimulationProgress(int Done, int Total);

/// <summary>A simulation found more than it may hold; the message is a sentence for people.</summary>
public sealed class SimulationLimitException(string message) : Exception(message);
