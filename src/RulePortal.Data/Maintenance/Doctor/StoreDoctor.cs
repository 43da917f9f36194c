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

/// <summary>What an examination came to.</summary>
/// <param name="Checks">One for each check, in their order.</param>
public sealed record StoreReport(IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => FaultCount == 0;

    /// <summary>Faults in all.</summary>
    public long FaultCount => Checks.Sum(check => check.FaultCount);
}

/// <summary>What one check came to.</summary>
/// <param name="Name">The check.</param>
/// <param name="Promise">What holds when it finds nothing.</param>
/// <param name="FaultCount">Faults in all.</param>
/// <param name="Faults">The first of them, at most <see cref="StoreDoctor.MostListed"/>.</param>
/// <param name="Took">How long it took.</param>
/// <param name="NotHere">Why this database was not asked, or null when it was.</param>
public sealed record CheckResult(string Name, string Promise, long FaultCount, IReadOnlyList<StoreFault> Faults, TimeSpan Took, string? NotHere);

/// <summary>One place where the store is not what it must be.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The key of the row, or of what is missing.</param>
/// <param name="Sentence">What is wrong, for people.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record StoreFault(string Table, string Key, string Sentence, string Remedy);
