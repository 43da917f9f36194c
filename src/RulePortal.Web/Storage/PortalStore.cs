using Hangfire;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Connections;

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

    /// <summary>Measures the database: one of <see cref="Data.Operations.StoreSizeSql"/>.</summary>
    public abstract string SizeSql { get; }

    /// <summary>Claims the store for this process where only one may serve or migrate it. Null while another has it.</summary>
    public virtual IDisposable? TryClaim() => NoClaim.Instance;

    /// <summary>What a migration needs before it runs.</summary>
    public virtual Task BeforeMigrationAsync(PortalDbContext db, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What a store needs beyond the portal's own tables, made when it is missing.</summary>
    public virtual Task AfterMigrationAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed class NoClaim : IDisposable
    {
        public static NoClaim Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
