using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.CommandLine;

namespace RulePortal.Web.Storage;

/// <summary>Brings the store to this build's schema where that is allowed, and refuses in plain words otherwise.</summary>
internal sealed class StorePreparation(
    PortalStore store,
    SchemaReader schema,
    IDbContextFactory<PortalDbContext> contexts,
    IEnumerable<IStoreSeed> seeds,
    AuditRecorder audit,
    TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private IDisposable? claim;

    /// <summary>For the web application: claims the store for the life of the process, migrates or checks it, seeds it.</summary>
    /// <exception cref="StartRefusedException">Another process serves the file, the schema is behind or ahead, or the database cannot be reached.</exception>
    public Task ForServingAsync(CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            claim = await ClaimAsync(cancellationToken) ?? throw new StartRefusedException(
                $"Another RulePortal is serving {store.Place}. One process serves a file: stop the other one, or give this one a Storage:DataDirectory of its own.");
            await CheckOrMigrateAsync(store.MigratesAtStart, claimed: true, Actor.System with { Origin = Origins.Start }, cancellationToken);
        });

    /// <summary>For a verb: may run beside the serving process; migrates a file only while nobody serves it.</summary>
    /// <inheritdoc cref="ForServingAsync" path="/exception"/>
    public Task ForVerbAsync(CancellationToken cancellationToken) =>
        GuardAsync(() => CheckOrMigrateAsync(store.MigratesForVerbs, claimed: false, CommandLineActor.Current, cancellationToken));

    /// <summary>For a verb that only looks: writes nothing, the schema has to be this build's already.</summary>
    /// <inheritdoc cref="ForServingAsync" path="/exception"/>
    public Task ForReadingAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (!store.Exists)
        {
            throw new StartRefusedException($"There is no store yet: {store.Place} does not exist.");
        }

        Demand(await schema.ReadAsync(cancellationToken), migrate: false);
    });

    /// <summary>For the verb <c>migrate</c>: migrates either database.</summary>
    /// <returns>The migrations applied.</returns>
    /// <inheritdoc cref="ForServingAsync" path="/exception"/>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> applied = [];
        await GuardAsync(async () => applied = await CheckOrMigrateAsync(migrate: true, claimed: false, CommandLineActor.Current, cancellationToken));
        return applied;
    }

    public void Dispose() => claim?.Dispose();

    private async Task<IReadOnlyList<string>> CheckOrMigrateAsync(bool migrate, bool claimed, Actor actor, CancellationToken cancellationToken)
    {
        var state = await schema.ReadAsync(cancellationToken);
        Demand(state, migrate);
        if (state.Pending.Count > 0)
        {
            using var own = claimed ? null : await ClaimAsync(cancellationToken) ?? throw new StartRefusedException(
                $"The schema of {store.Place} is behind, and a running RulePortal is serving it. Stop that one first.");
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await store.BeforeMigrationAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            await NoteAsync(state, actor, cancellationToken);
        }

        if (migrate)
        {
            await store.AfterMigrationAsync(cancellationToken);
        }

        foreach (var seed in seeds)
        {
            await seed.SeedAsync(cancellationToken);
        }

        return state.Pending;
    }

    /// <exception cref="StartRefusedException">The schema is ahead, or behind without leave to migrate it.</exception>
    private void Demand(SchemaState state, bool migrate)
    {
        if (state.Unknown.Count > 0)
        {
            throw new StartRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"A newer RulePortal has changed {store.Place}: it has {state.Unknown.Count} migration(s) this version does not know, the last being {state.Unknown[^1]}. Start that version, or restore a backup made before."));
        }

        if (state.Pending.Count > 0 && !migrate)
        {
            throw new StartRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The schema of {store.Place} is behind: {state.Pending.Count} migration(s) are missing, from {state.Pending[0]} on. Run the verb migrate, or set Database:MigrateAtStart=true."));
        }
    }

    private Task NoteAsync(SchemaState before, Actor actor, CancellationToken cancellationToken) => audit.AppendAsync(
        [new AuditEntry(time.GetUtcNow().UtcDateTime, actor, AuditActions.StoreMigrate, "store:schema", before: null, AuditJson.Write(new { migrations = before.Pending }))],
        cancellationToken);

    private async Task<IDisposable?> ClaimAsync(CancellationToken cancellationToken)
    {
        // A process that is just ending, or a verb that migrates, gives the claim up soon.
        var started = time.GetTimestamp();
        while (true)
        {
            var claimed = store.TryClaim();
            if (claimed is not null || time.GetElapsedTime(started) >= Patience)
            {
                return claimed;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DbException e)
        {
            throw new StartRefusedException($"The database does not answer as it should ({store.Place}): {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
        }
    }
}
