using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>Finds connections to countries that are rare, by processes that are new there: the rule RareOutboundConnectionByProcess.</summary>
/// <remarks>
/// Gives the rows of the KQL query without reading the history: a country is rare when it has at most the threshold of rows in
/// its lookback, so counting stops one past the threshold, and everything after that touches rare countries only.
/// </remarks>
public sealed class RareOutboundConnectionDetector : ISimulatedDetector, IForecastingDetector
{
    /// <summary>The name by which rules refer to this detector.</summary>
    public const string KindName = "RareOutboundConnectionByProcess";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public string DisplayName => "Rare connection by process and country";

    /// <inheritdoc/>
    public IReadOnlyList<DetectorSetting> Settings => RareOutboundConnectionSettings.All;

    /// <inheritdoc/>
    public string ShippedSettings { get; } = new RareOutboundConnectionSettings().ToJson();

    /// <inheritdoc/>
    public IReadOnlyList<ThresholdKnob> Knobs { get; } =
    [
        new(RareOutboundConnectionSettings.CountryThresholdSetting, RareOutboundConnectionSettings.CountryLookbackSetting),
        new(RareOutboundConnectionSettings.TupleThresholdSetting, RareOutboundConnectionSettings.TupleLookbackSetting),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<RuleError> Validate(string settingsJson, TimeSpan frequency, TimeSpan period)
    {
        _ = RareOutboundConnectionSettings.TryParse(settingsJson, frequency, period, out _, out var errors);
        return errors;
    }

    /// <inheritdoc/>
    public string Normalize(string settingsJson, TimeSpan frequency, TimeSpan period) => Read(settingsJson, frequency, period).ToJson();

    /// <inheritdoc/>
    public DetectorReach Reach(string settingsJson, TimeSpan frequency, TimeSpan period) =>
        Read(settingsJson, frequency, period).ReachAt(frequency, period);

    /// <inheritdoc/>
    public string Describe(RuleDefinition rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return RareOutboundConnectionWords.Describe(rule, Read(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod));
    }

    /// <inheritdoc/>
    public IReadOnlyList<RuleAdvice> Advise(RuleDefinition rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return [.. RareOutboundConnectionAdvice.For(rule, Read(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> DetectAsync(DetectionContext context, IConnectionHistory history, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(history);
        if (context.AsOfUtc.Kind != DateTimeKind.Utc)
        {
            throw new ArgumentException("The instant to evaluate must be UTC.", nameof(context));
        }

        var settings = Read(context.SettingsJson, context.Frequency, context.Period);
        var span = RareOutboundConnectionSpan.At(context.AsOfUtc, settings, context.Frequency, context.Period);
        var countries = await history.CountriesAsync(settings.Direction, span.Window, span.CountryLookback, settings.CountryThreshold + 1, cancellationToken);

        var findings = new List<Finding>();
        foreach (var country in countries.Where(country => country.Rows <= settings.CountryThreshold).OrderBy(country => country.Country, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await RareCountry.ReadAsync(country, settings, span, history, cancellationToken) is { Kept: not null } rare)
            {
                var explain = new RareOutboundConnectionExplanation(settings, span, rare);
                findings.AddRange(rare.Groups.Select(group => new Finding(
                    RareOutboundConnectionResult.Columns(rare.Kept, group),
                    RareOutboundConnectionResult.Entities(group.Key),
                    GroupKeys.Hash(group.Key.Values),
                    explain.Row(group))));
            }
        }

        return findings;
    }

    /// <inheritdoc/>
    public IReadOnlyList<KnobValue> ReadKnobs(RuleDefinition rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var settings = Read(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod);
        return [new(settings.CountryThreshold, settings.CountryLookbackAt(rule.QueryPeriod)), new(settings.TupleThreshold, settings.TupleLookback)];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Candidate>> FindCandidatesAsync(SimulationRequest request, IConnectionScan scan, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scan);
        var rule = request.Rule;
        var settings = Read(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod);
        return new RareOutboundConnectionPass(request, settings, Knobs, ReadKnobs(rule), scan).RunAsync(progress, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SubjectsOf(IEnumerable<FindingEntity> entities) =>
        [.. entities.Where(entity => entity.Type is EntityType.Country).Select(entity => entity.Value).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BaselineForecast>> ForecastAsync(ForecastQuestion question, IConnectionScan scan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(scan);
        var forecast = new RareOutboundConnectionForecast(Read(question.Rule.SettingsJson, question.Rule.QueryFrequency, question.Rule.QueryPeriod), question, scan);
        var forecasts = new List<BaselineForecast>();
        foreach (var country in question.Subjects)
        {
            forecasts.Add(await forecast.OfAsync(country, cancellationToken));
        }

        return forecasts;
    }

    private static RareOutboundConnectionSettings Read(string settingsJson, TimeSpan frequency, TimeSpan period) =>
        RareOutboundConnectionSettings.TryParse(settingsJson, frequency, period, out var settings, out var errors)
            ? settings
            : throw new ArgumentException(string.Join(' ', errors.Select(error => error.Message)), nameof(settingsJson));
}
