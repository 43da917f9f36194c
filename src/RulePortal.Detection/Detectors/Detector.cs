using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Detectors;

/// <summary>The spans a detector reads, as lengths back from the window's end.</summary>
/// <param name="CurrentWindow">Length of the window under evaluation.</param>
/// <param name="Lookback">Longest distance from the window's end to a row that is read.</param>
public sealed record DetectorReach(TimeSpan CurrentWindow, TimeSpan Lookback)
{
    /// <summary>The window that ends at an instant.</summary>
    public TimeRange WindowEndingAt(DateTime endUtc) => TimeRange.Back(endUtc, CurrentWindow);

    /// <summary>The history before that window.</summary>
    public TimeRange BaselineBefore(DateTime endUtc) => TimeRange.Back(endUtc, Lookback, CurrentWindow);
}

/// <summary>One of the columns by which a result row is named in lists of many, such as the process or the host.</summary>
/// <param name="Name">The result column.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Entity">What it names, or null when it is no entity.</param>
public sealed record NamingColumn(string Name, string Label, EntityType? Entity);

/// <summary>What a rule looks for, as code: a stateless function from settings and connections to result rows. See <see cref="Detector{TSettings}"/>.</summary>
public abstract class Detector
{
    private protected Detector()
    {
    }

    /// <summary>Stable name by which rule definitions refer to the detector.</summary>
    public abstract string Kind { get; }

    /// <summary>Name for people.</summary>
    public abstract string DisplayName { get; }

    /// <summary>The columns by which its result rows are named in lists of many, in their order there.</summary>
    public abstract IReadOnlyList<NamingColumn> NamingColumns { get; }

    /// <summary>Every setting, in the order of the form.</summary>
    public abstract IReadOnlyList<DetectorSetting> Settings { get; }

    /// <summary>The settings it ships with, as a JSON object with every key.</summary>
    public abstract string ShippedSettings { get; }

    /// <summary>The thresholds that a what-if can move; none unless the detector is an <see cref="ISimulate{TSettings}"/>.</summary>
    public abstract IReadOnlyList<Knob> Knobs { get; }

    internal abstract BoundRule? Bind(RuleDefinition rule, List<RuleError> errors);
}

/// <summary>A detector with its settings record, whose attributes (<see cref="SettingAttribute"/>) are form, validation, API schema and documentation.</summary>
/// <typeparam name="TSettings">The settings; what follows the rule's schedule has its value there by the time a detector gets them.</typeparam>
/// <remarks>It may also be an <see cref="ISimulate{TSettings}"/> or an <see cref="IForecast{TSettings}"/>.</remarks>
public abstract class Detector<TSettings> : Detector
    where TSettings : class, new()
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<DetectorSetting> Settings => SettingsSchema<TSettings>.Settings;

    /// <inheritdoc/>
    public sealed override string ShippedSettings => SettingsSchema<TSettings>.Shipped;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Knob> Knobs => this is ISimulate<TSettings> ? KnobsOfSettings : [];

    private static IReadOnlyList<Knob> KnobsOfSettings { get; } = Knob.Of(SettingsSchema<TSettings>.Settings);

    /// <summary>How far back from a window's end the detector reads, and how long the window is.</summary>
    public abstract DetectorReach Reach(TSettings settings);

    /// <summary>Finds the result rows of a window.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="window">The window; its end is KQL's <c>now()</c>. UTC.</param>
    /// <param name="connections">The rows to evaluate over; one consistent read.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <returns>The result rows in a stable order; empty when there are none.</returns>
    public abstract Task<IReadOnlyList<Finding>> DetectAsync(TSettings settings, TimeRange window, IConnections connections, CancellationToken cancellationToken);

    /// <summary>What the rule looks at and when a row is a result, in words; when it fires is said by others.</summary>
    /// <returns>A few sentences.</returns>
    public abstract string Describe(RuleDefinition rule, TSettings settings);

    /// <summary>What a tuner should know of the settings: knobs without effect, gaps, how the rule blinds itself.</summary>
    /// <returns>Sentences, each beside a field; none of them is a fault.</returns>
    public virtual IEnumerable<RuleAdvice> Advise(RuleDefinition rule, TSettings settings) => [];

    internal sealed override BoundRule? Bind(RuleDefinition rule, List<RuleError> errors) =>
        SettingsSchema<TSettings>.Read(rule, errors) is { } settings ? new BoundRule<TSettings>(rule, this, settings) : null;
}
