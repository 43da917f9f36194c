using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>Proves the invariants of a store. It only reads, each check within a read of its own, and may run beside whoever serves the store.</summary>
public sealed class StoreDoctor(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, AuditVerifier audit, TimeProvider time)
{
    /// <summary>Most faults of one check that are listed; the others are counted.</summary>
    public const int MostListed = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>All checks, in the order they run.</summary>
    internal static IReadOnlyList<StoreCheck> Checks { get; } =
    [
        .. FileChecks.All, .. BatchChecks.All, .. DictionaryChecks.All, .. TotalsChecks.All, .. RuleChecks.All, .. WindowChecks.All, .. LateChecks.All, .. AttemptChecks.All, .. AlertChecks.All,
        .. OccurrenceChecks.All, .. PinChecks.All, .. AuditChecks.All,
    ];

    /// <summary>Runs every check.</summary>
    /// <param name="progress">Told the name of each check before it runs, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<StoreReport> ExamineAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>(Checks.Count);
        foreach (var check in Checks)
        {
            progress?.Report(check.Name);
            results.Add(await RunAsync(check, cancellationToken));
        }

        return new StoreReport(results);
    }

    internal async Task<CheckResult> RunAsync(StoreCheck check, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (check.EmbeddedOnly is { } reason && !dialect.IsEmbedded)
        {
            return new CheckResult(check.Name, check.Promise, 0, [], TimeSpan.Zero, reason);
        }

        var (count, faults) = await FindAsync(check, cancellationToken);
        if (count > 0 && !dialect.IsEmbedded)
        {
            // There a read may see a change half made; what is still wrong a moment later is wrong.
            var (again, repeated) = await FindAsync(check, cancellationToken);
            faults = [.. faults.Intersect(repeated)];
            count = faults.Count == 0 ? 0 : Math.Min(count, again);
        }

        return new CheckResult(check.Name, check.Promise, count, faults, time.GetElapsedTime(started), null);
    }

    private async Task<(long Count, List<StoreFault> First)> FindAsync(StoreCheck check, CancellationToken cancellationToken)
    {
        long count = 0;
        var first = new List<StoreFault>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        db.Database.SetCommandTimeout(Patience);
        await using var read = await dialect.BeginReadAsync(db, cancellationToken);
        await foreach (var fault in check.Find(new CheckContext(db, audit), cancellationToken))
        {
            if (++count <= MostListed)
            {
                first.Add(fault);
            }
        }

        return (count, first);
    }
}
