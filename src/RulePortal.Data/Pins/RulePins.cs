using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Pins;

/// <summary>Reads the pins of rules, and judges definitions by them over the stored connections. Writes nothing.</summary>
public sealed class RulePins(IDbContextFactory<PortalDbContext> contexts, ConnectionSnapshots snapshots, DetectorCatalog detectors, WorkSlots slots)
{
    /// <summary>How long one judgement may take; pins that were not reached by then cannot be judged.</summary>
    /// <value>30 seconds.</value>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The pins of a rule with what they are judged by, by the alert's window.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<RulePin>> ListAsync(Guid ruleId, CancellationToken cancellationToken)
    {
        List<ReadPin> read;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            read = await ReadAsync(db, ruleId, cancellationToken);
        }

        if (read.Count == 0)
        {
            return [];
        }

        await using var snapshot = await snapshots.OpenAsync(cancellationToken);
        var pins = new List<RulePin>(read.Count);
        foreach (var pin in read)
        {
            var windows = new List<PinnedWindow>(pin.Windows.Count);
            foreach (var window in pin.Windows)
            {
                windows.Add(new PinnedWindow(window.Range, [.. window.Rows.Select(row => new PinnedRow(row.GroupKey, row.Subject))], await GoneAsync(snapshot, window, cancellationToken)));
            }

            pins.Add(pin.Item with { Windows = windows });
        }

        return [.. pins.OrderBy(pin => pin.WindowEndUtc).ThenBy(pin => pin.AlertId)];
    }

    /// <summary>Judges a definition by the pins of its rule.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="definition">What would be saved.</param>
    /// <param name="inForce">The version in force, by which broken pins are judged as well; or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PinReport> JudgeAsync(Guid ruleId, RuleDefinition definition, RuleDefinition? inForce, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var pins = await ListAsync(ruleId, cancellationToken);
        if (pins.Count == 0)
        {
            return PinReport.Empty;
        }

        var verdicts = new PinVerdict[pins.Count];
        var before = new PinVerdict?[pins.Count];
        Array.Fill(verdicts, PinVerdict.Unknown($"Judging was stopped after {TimeLimit.TotalSeconds:0} seconds before its turn came."));

        // What was judged in time counts.
        await slots.RunAsync(
            WorkKind.Save,
            TimeLimit,
            async token =>
            {
                await JudgeAsync(ruleId, pins, definition, inForce, verdicts, before, token);
                return true;
            },
            cancellationToken);
        return new PinReport([.. pins.Select((pin, index) => new JudgedPin(pin, verdicts[index], before[index]))]);
    }

    internal static async Task<IReadOnlyList<(long, PinKind, DateTime)>> StampAsync(PortalDbContext db, Guid ruleId, CancellationToken cancellationToken) =>
        [.. (await db.AlertPins.AsNoTracking().Where(pin => pin.RuleId == ruleId).OrderBy(pin => pin.AlertId).Select(pin => new { pin.AlertId, pin.Kind, pin.PinnedUtc }).Take(AlertPin.MostOfRule).ToListAsync(cancellationToken))
            .Select(pin => (pin.AlertId, pin.Kind, pin.PinnedUtc)).Order()];

    private async Task JudgeAsync(Guid ruleId, IReadOnlyList<RulePin> pins, RuleDefinition definition, RuleDefinition? inForce, PinVerdict[] verdicts, PinVerdict?[] before, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.OpenAsync(cancellationToken);
        var now = new PinPasses(detectors, ruleId, definition, snapshot);
        foreach (var (index, pin) in pins.Index())
        {
            verdicts[index] = await now.JudgeAsync(pin, pins, cancellationToken);
        }

        if (inForce is null)
        {
            return;
        }

        IReadOnlyList<RulePin> broken = [.. pins.Where((_, index) => verdicts[index].Standing is PinStanding.Breaks)];
        var then = new PinPasses(detectors, ruleId, inForce, snapshot);
        foreach (var (index, pin) in pins.Index().Where(one => verdicts[one.Index].Standing is PinStanding.Breaks))
        {
            before[index] = await then.JudgeAsync(pin, broken, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<Subject>> GoneAsync(ConnectionSnapshot snapshot, ReadWindow window, CancellationToken cancellationToken)
    {
        var gone = new List<Subject>();
        IReadOnlyList<VmConnection>? rows = null;
        foreach (var (direction, subject) in window.Rows.Where(row => !row.Subject.IsNone).Select(row => (row.Direction, row.Subject)).Distinct())
        {
            // The index knows at once of a country; whatever else is looked for among the window's rows.
            var isThere = direction.Length > 0 && subject.Values is [{ Key: nameof(VmConnection.RemoteCountry), Value: { Length: > 0 } country }]
                ? await snapshot.NthLatestAsync(direction, country, window.Range, 1, cancellationToken) is not null
                : (rows ??= await snapshot.RowsAsync(window.Range, cancellationToken)).Any(row => subject.Values.All(value => row[value.Key] == value.Value));
            if (!isThere)
            {
                gone.Add(subject);
            }
        }

        return gone;
    }

    private static async Task<List<ReadPin>> ReadAsync(PortalDbContext db, Guid ruleId, CancellationToken cancellationToken)
    {
        var pins = await (
            from pin in db.AlertPins.AsNoTracking()
            where pin.RuleId == ruleId
            join alert in db.Alerts.AsNoTracking() on pin.AlertId equals alert.Id
            orderby alert.Id
            select new { Pin = pin, alert.Title, alert.Status, alert.Classification }).Take(AlertPin.MostOfRule).ToListAsync(cancellationToken);
        var occurrences = (await (
            from occurrence in db.Occurrences.AsNoTracking()
            where db.AlertPins.Any(pin => pin.AlertId == occurrence.AlertId && pin.RuleId == ruleId)
            orderby occurrence.WindowEndUtc, occurrence.Id
            select new { occurrence.Id, occurrence.AlertId, occurrence.WindowStartUtc, occurrence.WindowEndUtc }).BoundedBy("windows of at most AlertPin.MostOfRule alerts, mostly one each").ToListAsync(cancellationToken)).ToLookup(occurrence => occurrence.AlertId);
        var read = new List<ReadPin>(pins.Count);
        foreach (var pin in pins)
        {
            var windows = new List<ReadWindow>();
            foreach (var occurrence in occurrences[pin.Pin.AlertId])
            {
                var rows = await db.EvidenceRows.AsNoTracking()
                    .Where(row => row.OccurrenceId == occurrence.Id)
                    .OrderBy(row => row.Ordinal)
                    .Take(RulePin.MostRows)
                    .Select(row => new { row.GroupKey, row.Subject, row.Columns })
                    .ToListAsync(cancellationToken);
                windows.Add(new ReadWindow(new TimeRange(occurrence.WindowStartUtc, occurrence.WindowEndUtc), [.. rows.Select(row => ReadRow.Of(row.GroupKey, row.Subject, row.Columns))]));
            }

            read.Add(new ReadPin(new RulePin(pin.Pin.AlertId, pin.Title, pin.Status, pin.Classification, PinItem.Of(pin.Pin), []), windows));
        }

        return read;
    }

    private sealed record ReadPin(RulePin Item, IReadOnlyList<ReadWindow> Windows);

    private sealed record ReadWindow(TimeRange Range, IReadOnlyList<ReadRow> Rows);

    private sealed record ReadRow(string GroupKey, Subject Subject, string Direction)
    {
        public static ReadRow Of(string groupKey, string subject, string columns)
        {
            var direction = FindingJson.ReadColumns(columns).FirstOrDefault(column => column.Name == nameof(VmConnection.Direction)).Value as string;
            return new ReadRow(groupKey, Subject.Parse(subject), direction ?? "");
        }
    }
}

/// <summary>How the pins of a rule stand under a definition.</summary>
/// <param name="Pins">All of them, by the alert's window.</param>
public sealed record PinReport(IReadOnlyList<JudgedPin> Pins)
{
    /// <summary>No pins.</summary>
    public static PinReport Empty { get; } = new([]);

    /// <summary>Those that the definition breaks.</summary>
    public IReadOnlyList<JudgedPin> Broken => [.. Pins.Where(pin => pin.IsBroken)];

    /// <summary>Those of which it cannot be told.</summary>
    public IReadOnlyList<JudgedPin> Unknown => [.. Pins.Where(pin => pin.Verdict.Standing is PinStanding.CannotBeJudged)];

    /// <summary>What the pins were when they were judged: another save may go on from this report only while they are the same.</summary>
    internal IReadOnlyList<(long, PinKind, DateTime)> Stamp => [.. Pins.Select(pin => (pin.Pin.AlertId, pin.Pin.Pin.Kind, pin.Pin.Pin.PinnedUtc)).Order()];
}

/// <summary>How a pin stands under a definition.</summary>
/// <param name="Pin">The pin.</param>
/// <param name="Verdict">Under the definition that was asked about.</param>
/// <param name="InForce">Under the version in force, when the definition breaks it; otherwise null.</param>
public sealed record JudgedPin(RulePin Pin, PinVerdict Verdict, PinVerdict? InForce)
{
    /// <summary>Whether the definition breaks it.</summary>
    public bool IsBroken => Verdict.Standing is PinStanding.Breaks;

    /// <summary>As a version remembers it.</summary>
    public BrokenPin AsBroken() => new(Pin.AlertId, Pin.Pin.Kind, Pin.Title, Pin.WindowEndUtc, Verdict.Why);
}
