using Hangfire;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Storage;

/// <summary>What differs between the two databases; everything else in the product is the same for both.</summary>
internal abstract class PortalStore
{
    public abstract DatabaseProvider Provider { get; }

    /// <summary>Where the data are, as a sentence names it; never with a password.</summary>
    public abstract string Place { get; }

    /// <summary>Whether the web application brings the schema up to date when it starts.</summary>
    public abstract bool MigratesAtStart { get; }

    /// <summary>Whether a verb does so, too.</summary>
    public virtual bool MigratesForVerbs => false;

    /// <summary>How connections are written to this database.</summary>
    public abstract ConnectionDialect Connections { get; }

    /// <summary>Whether this is the only process that serves the store, so that whatever an earlier one held is free.</summary>
    public virtual bool IsExclusive => false;

    /// <summary>Whether there is a database to look at; opening a file that is not there would make it.</summary>
    public virtual bool Exists => true;

    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Where the job scheduler keeps its queue.</summary>
    public abstract void ConfigureJobs(IGlobalConfiguration jobs);

    /// <summary>The folder whose disk fills as the store grows, or null when the store is on another machine.</summary>
    public virtual string? Folder => null;

    /// <summary>Measures the database: one of <see cref="Data.Health.StoreSizeSql"/>.</summary>
    public abstract string SizeSql { get; }

    /// <summary>Claims the store for this process where only one may serve or migrate it. Null while another has it.</summary>
    public virtual IDisposable? TryClaim() => NoClaim.Instance;

    /// <summary>What a migration needs before it runs.</summary>
    public virtual Task BeforeMigrationAsync(PortalDbContext db, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What a store needs beyond the portal's own tables, made when it is missing.</summary>
    public virtual Task AfterMigrationAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops who wants to copy a database that is not a file of the portal's own.</summary>
    /// <exception cref="StartRefusedException">It is not.</exception>
    public virtual void DemandFile() => throw ServersOwn();

    /// <summary>Copies the store into a file while others read and write it.</summary>
    /// <inheritdoc cref="DemandFile" path="/exception"/>
    public virtual Task CopyAsync(string file, CancellationToken cancellationToken) => throw ServersOwn();

    /// <summary>Contexts over a copy.</summary>
    /// <inheritdoc cref="DemandFile" path="/exception"/>
    public virtual IDbContextFactory<PortalDbContext> Over(string file) => throw ServersOwn();

    /// <summary>Puts a copy in the store's place and keeps what was there. Only for whoever holds the claim.</summary>
    /// <returns>Where the old store is kept, or null when there was none.</returns>
    /// <inheritdoc cref="DemandFile" path="/exception"/>
    public virtual Task<string?> ReplaceAsync(string file, string suffix, CancellationToken cancellationToken) => throw ServersOwn();

    private StartRefusedException ServersOwn() => new(
        $"The verbs backup and restore are for the embedded SQLite file, and this store is {Place}. Use the server's own BACKUP DATABASE and RESTORE DATABASE: the portal's tables and the job scheduler's are in that one database.");

    private sealed class NoClaim : IDisposable
    {
        public static NoClaim Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
