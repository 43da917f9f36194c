using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>Evaluates many windows, one after the other, with the numbers that decide: for the rules that look at blocks of addresses or join on addresses.</summary>
/// <remarks>Result rows of one join key stand or fall together: with the country's rows, and with the fewest rows that any of its tuples has.</remarks>
internal sealed class RareConnectionWindows(SimulationRequest request, RareConnectionForm form, RareConnectionSettings settings)
{
    private readonly RowBudget budget = new(request);
    private readonly long cap = request.Thresholds(0).Greatest + 1;
    private readonly IReadOnlyList<TimeSpan> countryLookbacks = request.LookbacksOf(0);
    private readonly IReadOnlyList<TimeSpan> tupleLookbacks = request.LookbacksOf(1);
    private readonly List<Candidate> found = [];

    public async Task<IReadOnlyList<Candidate>> RunAsync(
        string direction, IConnections connections, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        var source = await RareConnectionSource.OpenAsync(form, direction, connections, cancellationToken);
        List<DateTime> ends = [.. request.WindowEnds()];
        foreach (var (window, end) in ends.Index())
        {
            var shortest = TimeRange.Back(end, countryLookbacks[0], settings.Window);
            var countries = await source.CountriesAsync(TimeRange.Back(end, settings.Window), shortest, cap, cancellationToken);
            foreach (var country in countries.Where(country => country.Rows < cap).OrderBy(country => country.Country, StringComparer.Ordinal))
            {
                await CountryAsync(source, window, end, country.Country, cancellationToken);
            }

            progress?.Report(new SimulationProgress(window + 1, ends.Count));
        }

        return found;
    }

    private async Task CountryAsync(RareConnectionSource source, int window, DateTime end, string country, CancellationToken cancellationToken)
    {
        var rows = await source.RowsAsync(country, TimeRange.Back(end, settings.Window), cancellationToken);
        List<ConnectionTuple> lefts = [.. form.Tuples(rows).Select(form.LeftOf).Distinct()];
        var countryRows = new List<long>();
        foreach (var lookback in countryLookbacks)
        {
            countryRows.Add(await source.CountAsync(country, TimeRange.Back(end, lookback, settings.Window), cap, cancellationToken));
        }

        var tupleRows = new List<IReadOnlyDictionary<ConnectionTuple, long>>();
        foreach (var lookback in tupleLookbacks)
        {
            tupleRows.Add(await source.TupleRowsAsync(country, lefts, TimeRange.Back(end, lookback, settings.Window), cap, cancellationToken));
        }

        var byKey = lefts.ToLookup(left => form.JoinKey(left.SourceIp, left.DestinationIp));
        var subject = Subject.Of(nameof(VmConnection.RemoteCountry), country);
        foreach (var groups in form.Groups(rows).GroupBy(group => form.JoinKey(group.Group.Key.SourceIp, group.Group.Key.DestinationIp)))
        {
            var joined = byKey[groups.Key];
            if (joined.Any() && joined.Min(left => tupleRows[0][left]) < cap)
            {
                IReadOnlyList<SimulatedRow> results = [.. groups.Select(group => RareConnectionPass.RowOf(group.Group, group.GroupKey, subject, form.IsByBlock))];
                budget.Hold(results.Count);
                found.Add(new Candidate(window, subject, [.. countryRows, .. tupleRows.Select(counts => joined.Min(left => counts[left]))], results));
            }
        }
    }
}
