using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>Finds connections with countries that are rare, by tuples that are new there.</summary>
/// <typeparam name="TSettings">The settings of the form.</typeparam>
/// <remarks>
/// Gives the rows of the KQL query without reading the history: a country is rare when it has at most the threshold of rows in
/// its lookback, so counting stops one past the threshold, and everything after that touches rare countries only.
/// </remarks>
internal sealed class RareConnectionDetector<TSettings>(RareConnectionForm form) : Detector<TSettings>, ISimulate<TSettings>, IForecast<TSettings>
    where TSettings : RareConnectionSettings, new()
{
    public override string Kind => form.Kind;

    public override string DisplayName => form.DisplayName;

    public override IReadOnlyList<NamingColumn> NamingColumns => form.NamingColumns;

    public override DetectorReach Reach(TSettings settings) =>
        new(settings.Window, settings.LookbackOfCountry > settings.TupleLookback ? settings.LookbackOfCountry : settings.TupleLookback);

    public override string Describe(RuleDefinition rule, TSettings settings) => RareConnectionWords.Describe(rule, form, DirectionOf(settings), settings);

    public override IEnumerable<RuleAdvice> Advise(RuleDefinition rule, TSettings settings) => RareConnectionAdvice.For(rule, settings);

    public override async Task<IReadOnlyList<Finding>> DetectAsync(TSettings settings, TimeRange window, IConnections connections, CancellationToken cancellationToken)
    {
        var span = RareConnectionSpan.At(window, settings);
        var source = await RareConnectionSource.OpenAsync(form, DirectionOf(settings), connections, cancellationToken);
        var countries = await source.CountriesAsync(span.Window, span.CountryLookback, settings.CountryThreshold + 1, cancellationToken);
        var findings = new List<Finding>();
        foreach (var country in countries.Where(country => country.Rows <= settings.CountryThreshold).OrderBy(country => country.Country, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.AddRange(Findings(await RareCountry.ReadAsync(country, source, settings, span, cancellationToken), settings, span));
        }

        return form.OrdersByCount ? [.. findings.OrderByDescending(finding => (long)finding["countToday"]!)] : findings;
    }

    public Task<IReadOnlyList<Candidate>> FindCandidatesAsync(
        TSettings settings, SimulationRequest request, IConnections connections, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken) =>
        form is { IsByBlock: false, JoinsOnAddresses: false, IgnoresCase: false }
            ? new RareConnectionPass(request, DirectionOf(settings), settings, connections.Countries).RunAsync(progress, cancellationToken)
            : new RareConnectionWindows(request, form, settings).RunAsync(DirectionOf(settings), connections, progress, cancellationToken);

    public async Task<IReadOnlyList<BaselineForecast>> ForecastAsync(
        TSettings settings, ForecastQuestion question, IConnections connections, CancellationToken cancellationToken)
    {
        var source = await RareConnectionSource.OpenAsync(form, DirectionOf(settings), connections, cancellationToken);
        var forecast = new RareConnectionForecast(source, settings, question);
        var forecasts = new List<BaselineForecast>();
        foreach (var subject in question.Subjects.Where(subject => subject[nameof(VmConnection.RemoteCountry)] is not null))
        {
            forecasts.Add(await forecast.OfAsync(subject, cancellationToken));
        }

        return forecasts;
    }

    private string DirectionOf(TSettings settings) => form.Direction ?? (settings as RareOutboundConnectionSettings)!.Direction;

    private IEnumerable<Finding> Findings(RareCountry rare, TSettings settings, RareConnectionSpan span)
    {
        var explanation = new RareConnectionExplanation(form, settings, span, rare);
        var subject = Subject.Of(nameof(VmConnection.RemoteCountry), rare.Country.Country);
        return
            from right in rare.Groups
            let kept = rare.Kept.GetValueOrDefault(form.JoinKey(right.Group.Key.SourceIp, right.Group.Key.DestinationIp))
            where kept is not null
            select new Finding(form.Columns(kept, right), right.Entities, subject, right.GroupKey, explanation.Row(right.Group, kept))
            {
                FirstUtc = right.Group.MinTimeGenerated,
            };
    }
}
