using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Data.Security;

namespace RulePortal.Data;

/// <summary>Everything the portal remembers. One context an operation, through IDbContextFactory.</summary>
public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options) : DbContext(options)
{
    /// <summary>Whether everything this context does is one consistent read, which is not tried again in parts.</summary>
    internal bool IsOneRead { get; set; }

    /// <summary>Stored connections.</summary>
    public DbSet<ConnectionRow> Connections => Set<ConnectionRow>();

    /// <summary>The dictionary of their texts.</summary>
    public DbSet<ConnectionTerm> ConnectionTerms => Set<ConnectionTerm>();

    /// <summary>Directions and countries seen.</summary>
    public DbSet<ConnectionCountry> ConnectionCountries => Set<ConnectionCountry>();

    /// <summary>Rows an hour.</summary>
    public DbSet<ConnectionHour> ConnectionHours => Set<ConnectionHour>();

    /// <summary>Reporting machines.</summary>
    public DbSet<ConnectionSource> ConnectionSources => Set<ConnectionSource>();

    /// <summary>Stored batches.</summary>
    public DbSet<ConnectionBatch> ConnectionBatches => Set<ConnectionBatch>();

    /// <summary>Rows refused while their batch was stored.</summary>
    public DbSet<RejectedRow> RejectedRows => Set<RejectedRow>();

    /// <summary>Rules.</summary>
    public DbSet<AnalyticsRule> AnalyticsRules => Set<AnalyticsRule>();

    /// <summary>Their versions.</summary>
    public DbSet<RuleVersion> RuleVersions => Set<RuleVersion>();

    /// <summary>The ledger of windows.</summary>
    public DbSet<RuleWindow> RuleWindows => Set<RuleWindow>();

    /// <summary>Spans of missed windows.</summary>
    public DbSet<RuleGap> RuleGaps => Set<RuleGap>();

    /// <summary>Evaluations of windows.</summary>
    public DbSet<RuleAttempt> RuleAttempts => Set<RuleAttempt>();

    /// <summary>What attempts excluded from their baselines.</summary>
    public DbSet<AttemptExclusion> AttemptExclusions => Set<AttemptExclusion>();

    /// <summary>Alerts.</summary>
    public DbSet<Alert> Alerts => Set<Alert>();

    /// <summary>Their tactics.</summary>
    public DbSet<AlertTactic> AlertTactics => Set<AlertTactic>();

    /// <summary>Their entities.</summary>
    public DbSet<AlertEntity> AlertEntities => Set<AlertEntity>();

    /// <summary>What they are about.</summary>
    public DbSet<AlertSubject> AlertSubjects => Set<AlertSubject>();

    /// <summary>Their activity.</summary>
    public DbSet<AlertActivity> AlertActivities => Set<AlertActivity>();

    /// <summary>The guard against doubles.</summary>
    public DbSet<Occurrence> Occurrences => Set<Occurrence>();

    /// <summary>What later attempts added to an occurrence.</summary>
    public DbSet<OccurrenceExtension> OccurrenceExtensions => Set<OccurrenceExtension>();

    /// <summary>Result rows kept with an occurrence.</summary>
    public DbSet<EvidenceRow> EvidenceRows => Set<EvidenceRow>();

    /// <summary>Demands on later versions of an alert's rule.</summary>
    public DbSet<AlertPin> AlertPins => Set<AlertPin>();

    /// <summary>Bearer keys of the API.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Sessions of people.</summary>
    public DbSet<PortalSession> Sessions => Set<PortalSession>();

    /// <summary>People who have signed in.</summary>
    public DbSet<PortalPerson> People => Set<PortalPerson>();

    /// <summary>Keys that protect cookies and tokens.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>How far retention has gone; one row a table.</summary>
    public DbSet<RetentionMark> RetentionMarks => Set<RetentionMark>();

    /// <summary>The audit trail.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>The end of its chain; one row.</summary>
    public DbSet<AuditChainHead> AuditChainHeads => Set<AuditChainHead>();

    /// <summary>Where its chain goes on after entries were removed.</summary>
    public DbSet<AuditCheckpoint> AuditCheckpoints => Set<AuditCheckpoint>();

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">An audit entry or a checkpoint was changed or removed: the trail is append-only.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        AuditingGuard.Demand(ChangeTracker);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">An audit entry or a checkpoint was changed or removed: the trail is append-only.</exception>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        AuditingGuard.Demand(ChangeTracker);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        ConnectionsModel.Configure(modelBuilder);
        RulesModel.Configure(modelBuilder);
        LedgerModel.Configure(modelBuilder);
        AlertsModel.Configure(modelBuilder);
        PinsModel.Configure(modelBuilder);
        SecurityModel.Configure(modelBuilder);
        AuditingModel.Configure(modelBuilder);
        RetentionModel.Configure(modelBuilder);
    }
}

/// <summary>Every instant is UTC: databases forget the kind, so it is given back on reading and demanded on writing.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(value => ToStore(value), value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    private static DateTime ToStore(DateTime value) =>
        value.Kind is DateTimeKind.Utc
            ? value
            : throw new InvalidOperationException($"An instant must be UTC to be stored; {value:O} is {value.Kind}.");
}
