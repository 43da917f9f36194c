using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>Reads what is kept of an alert's evaluations.</summary>
internal sealed class ReplaySource(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>What was found, in the order in which it was; null when there is no such alert.</summary>
    public async Task<IReadOnlyList<FoundByAttempt>?> FindAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Alerts.AsNoTracking().Where(alert => alert.Id == alertId).Select(alert => new { alert.RuleId, alert.RaisedUtc }).SingleOrDefaultAsync(cancellationToken) is not { } alert)
        {
            return null;
        }

        var occurrences = await db.Occurrences.AsNoTracking().Where(occurrence => occurrence.AlertId == alertId).Include(occurrence => occurrence.Extensions).OrderBy(occurrence => occurrence.Id).Take(AlertDetails.MaxOccurrences).ToListAsync(cancellationToken);
        List<FoundByAttempt> found = [.. occurrences.SelectMany(occurrence => FoundByAttempt.Of(occurrence, alert.RaisedUtc))];
        var (versions, ids) = (found.ConvertAll(each => each.RuleVersion), found.ConvertAll(each => each.AttemptId));
        var rules = await db.RuleVersions.AsNoTracking().Where(version => version.RuleId == alert.RuleId && versions.Contains(version.Number)).BoundedBy("versions that raised one alert").ToDictionaryAsync(version => version.Number, version => version.Definition, cancellationToken);
        var attempts = await db.RuleAttempts.AsNoTracking().Where(attempt => ids.Contains(attempt.Id))
            .BoundedBy("attempts that added to one alert")
            .ToDictionaryAsync(attempt => attempt.Id, attempt => new AttemptRecord(attempt.StartedUtc, attempt.ResultCount, attempt.BaselineDays), cancellationToken);
        return found.ConvertAll(each => each with
        {
            Rule = rules.TryGetValue(each.RuleVersion, out var definition) ? RuleDefinitionJson.Read(definition) : null,
            Attempt = attempts.GetValueOrDefault(each.AttemptId),
        });
    }

    /// <summary>Whether the alert is still there.</summary>
    public async Task<bool> IsThereAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Alerts.AnyAsync(alert => alert.Id == alertId, cancellationToken);
    }

    /// <summary>The keys of the rows that earlier attempts had found for the occurrence, and the rows that this one added, as far as they are kept.</summary>
    public async Task<(HashSet<string> Before, IReadOnlyList<KeptRow> Rows)> EvidenceAsync(FoundByAttempt found, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var evidence = db.EvidenceRows.AsNoTracking().Where(row => row.OccurrenceId == found.OccurrenceId && row.Ordinal < found.EndOrdinal);
        var before = await evidence.Where(row => row.Ordinal < found.FirstOrdinal).Select(row => row.GroupKey).BoundedBy("evidence of one occurrence, at most Occurrence.MaxEvidenceRows").ToListAsync(cancellationToken);
        var rows = await evidence.Where(row => row.Ordinal >= found.FirstOrdinal).OrderBy(row => row.Ordinal).BoundedBy("evidence of one occurrence, at most Occurrence.MaxEvidenceRows").ToListAsync(cancellationToken);
        return (before.ToHashSet(StringComparer.Ordinal), rows.ConvertAll(row => new KeptRow(row.GroupKey, FindingJson.ReadColumns(row.Columns), FindingJson.ReadExplanation(row.Explanation))));
    }

    /// <summary>What an attempt did not count when it looked back.</summary>
    public async Task<IReadOnlyList<ExcludedRows>> ExcludedAsync(long attemptId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FrozenExclusions.OfAsync(db, attemptId, cancellationToken);
    }

    /// <summary>Why an evaluation gives another answer today.</summary>
    public async Task<IReadOnlyList<ReplayCause>> CausesAsync(FoundByAttempt found, WindowEvaluation run, bool isEvidenceOther, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await new ReplayCauses(db, found, run.Window, run.Lookback.StartUtc, isEvidenceOther).FindAsync(cancellationToken);
    }
}

/// <summary>What one attempt found for one occurrence, as it is kept.</summary>
/// <param name="OccurrenceId">The occurrence.</param>
/// <param name="GroupKey">Its group key.</param>
/// <param name="WindowStartUtc">Start of the window. UTC.</param>
/// <param name="WindowEndUtc">End of the window. UTC.</param>
/// <param name="AttemptId">The attempt.</param>
/// <param name="RuleVersion">The version it evaluated.</param>
/// <param name="MaxBatchSeq">The last batch it saw.</param>
/// <param name="FoundUtc">When it was written. UTC.</param>
/// <param name="FirstOrdinal">Ordinal of its first row.</param>
/// <param name="EndOrdinal">Ordinal of the first row of the next attempt.</param>
/// <param name="Rows">Rows it found, kept or not.</param>
internal sealed record FoundByAttempt(
    long OccurrenceId, string GroupKey, DateTime WindowStartUtc, DateTime WindowEndUtc, long AttemptId, int RuleVersion, long MaxBatchSeq, DateTime FoundUtc, int FirstOrdinal, int EndOrdinal, int Rows)
{
    public bool IsExtension { get; private init; }

    /// <summary>The rule as that version has it, or null when it is not stored.</summary>
    public RuleDefinition? Rule { get; init; }

    /// <summary>The attempt's own record, or null when retention let it go.</summary>
    public AttemptRecord? Attempt { get; init; }

    /// <summary>The finds of an occurrence, in their order.</summary>
    public static IEnumerable<FoundByAttempt> Of(Occurrence occurrence, DateTime raisedUtc)
    {
        List<OccurrenceExtension> extensions = [.. occurrence.Extensions.OrderBy(extension => extension.Id)];
        yield return new FoundByAttempt(
            occurrence.Id, occurrence.GroupKey, occurrence.WindowStartUtc, occurrence.WindowEndUtc, occurrence.AttemptId, occurrence.RuleVersion, occurrence.MaxBatchSeq, raisedUtc,
            0, EndBefore(0), occurrence.TotalRows - extensions.Sum(extension => extension.Rows));
        foreach (var (place, extension) in extensions.Index())
        {
            yield return new FoundByAttempt(
                occurrence.Id, occurrence.GroupKey, occurrence.WindowStartUtc, occurrence.WindowEndUtc, extension.AttemptId, extension.RuleVersion, extension.MaxBatchSeq, extension.AddedUtc,
                extension.FirstOrdinal, EndBefore(place + 1), extension.Rows)
            {
                IsExtension = true,
            };
        }

        int EndBefore(int next) => next < extensions.Count ? extensions[next].FirstOrdinal : int.MaxValue;
    }
}

/// <summary>A result row in the form in which evidence is kept, whether read from there or just found.</summary>
internal sealed record KeptRow(string GroupKey, IReadOnlyList<ResultColumn> Columns, Explanation Explanation)
{
    /// <summary>The row as it would be kept: both sides are then compared in the same form.</summary>
    public static KeptRow Of(Finding finding) => new(finding.GroupKey, FindingJson.ReadColumns(FindingJson.WriteColumns(finding.Columns)), finding.Explanation);
}
