using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Evidence;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;

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
    public async Task<IReadOnlyList<KeptOutRows>> KeptOutAsync(long attemptId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FrozenExclusions.OfAsync(db, attemptId, cancellationToken);
    }

    /// <summary>Why an evaluation gives another answer today.</summary>
    public async Task<IReadOnlyList<ReplayCause>> CausesAsync(FoundByAttempt found, ReplayRun run, bool isFirstSeenOther, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await new ReplayCauses(db, found, run.Window, run.LookbackFromUtc, isFirstSeenOther).FindAsync(cancellationToken);
    }
}
