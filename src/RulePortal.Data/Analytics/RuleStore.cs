using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Analytics;

/// <summary>Reads and changes rules: every change is a new version or a switch, validated, audited, and refused when it is based on an old version.</summary>
public sealed class RuleStore(IDbContextFactory<PortalDbContext> contexts, DetectorCatalog detectors, TimeProvider clock)
{
    /// <summary>Most characters of a version's note.</summary>
    public const int MaxNoteLength = 1000;

    /// <summary>Most rules of a store: as many scheduled rules as a workspace of Sentinel has. What reads them all is bounded by it.</summary>
    public const int MostRules = 512;

    /// <summary>The rule with its version in force, or null.</summary>
    public async Task<RuleSnapshot?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SnapshotAsync(db, id, cancellationToken);
    }

    /// <summary>Every rule with its version in force, by name.</summary>
    public async Task<IReadOnlyList<RuleSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SnapshotsAsync(db, null, cancellationToken);
    }

    /// <summary>What a version said, or null.</summary>
    public async Task<RuleDefinition?> FindVersionAsync(Guid id, int version, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var json = await db.RuleVersions.AsNoTracking()
            .Where(v => v.RuleId == id && v.Number == version)
            .Select(v => v.Definition)
            .SingleOrDefaultAsync(cancellationToken);
        return json is null ? null : RuleDefinitionJson.Read(json);
    }

    /// <summary>Puts a rule with a given id into the store, unless it is there already in whatever version.</summary>
    /// <returns>Saved as version 1, Unchanged when it was there, or Invalid, also when there are <see cref="MostRules"/> already.</returns>
    public async Task<RuleSaveResult> CreateAsync(Guid id, RuleDefinition definition, bool enabled, string note, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.AnalyticsRules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is { } existing)
        {
            return new(RuleSaveOutcome.Unchanged, existing.CurrentVersion, []);
        }

        var errors = await ErrorsAsync(db, id, definition, note, cancellationToken);
        if (await db.AnalyticsRules.CountAsync(cancellationToken) >= MostRules)
        {
            errors.Add(new("rules.too-many", "rules", $"The store has {MostRules} rules, the most there can be."));
        }

        if (errors.Count > 0)
        {
            return new(RuleSaveOutcome.Invalid, 0, errors);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var json = RuleDefinitionJson.Write(definition);
        db.AnalyticsRules.Add(new AnalyticsRule(id, definition.Name, enabled, now));
        db.RuleVersions.Add(NewVersion(id, 1, json, note, actor, now));
        db.AuditEntries.Add(new AuditEntry(now, actor, AuditActions.RuleCreate, Subject(id), null, json) { Detail = VersionWords(1, note) });
        await db.SaveChangesAsync(cancellationToken);
        return new(RuleSaveOutcome.Saved, 1, []);
    }

    /// <summary>Saves a definition as the rule's next version.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="expectedVersion">The version the edit was based on.</param>
    /// <param name="definition">The whole new definition.</param>
    /// <param name="note">Why; at most <see cref="MaxNoteLength"/> characters.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<RuleSaveResult> SaveAsync(Guid id, int expectedVersion, RuleDefinition definition, string note, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(actor);
        return await RetryLostRaceAsync(async db =>
        {
            var rule = await db.AnalyticsRules.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
            if (rule is null)
            {
                return new(RuleSaveOutcome.NotFound, 0, []);
            }

            var current = await db.RuleVersions.AsNoTracking().SingleAsync(v => v.RuleId == id && v.Number == rule.CurrentVersion, cancellationToken);
            if (rule.CurrentVersion != expectedVersion)
            {
                return new(RuleSaveOutcome.Conflict, rule.CurrentVersion, [], current.ActorName);
            }

            var errors = await ErrorsAsync(db, id, definition, note, cancellationToken);
            if (errors.Count > 0)
            {
                return new(RuleSaveOutcome.Invalid, rule.CurrentVersion, errors);
            }

            var json = RuleDefinitionJson.Write(definition);
            // Read and written again, because a definition stored by an earlier release may lack fields.
            if (string.Equals(json, RuleDefinitionJson.Write(RuleDefinitionJson.Read(current.Definition)), StringComparison.Ordinal))
            {
                return new(RuleSaveOutcome.Unchanged, rule.CurrentVersion, []);
            }

            var now = clock.GetUtcNow().UtcDateTime;
            rule.Supersede(definition.Name);
            await RuleHolds.EndAsync(db, rule, WindowStatus.Due, "", cancellationToken);
            db.RuleVersions.Add(NewVersion(id, rule.CurrentVersion, json, note, actor, now));
            db.AuditEntries.Add(new AuditEntry(now, actor, AuditActions.RuleSave, Subject(id), current.Definition, json) { Detail = VersionWords(rule.CurrentVersion, note) });
            await db.SaveChangesAsync(cancellationToken);
            return new RuleSaveResult(RuleSaveOutcome.Saved, rule.CurrentVersion, []);
        }, cancellationToken);
    }

    /// <summary>Enables or disables a rule. Enabling starts its windows now; disabling skips those not yet evaluated.</summary>
    /// <returns>Saved when it changed, Unchanged when it was so already, or NotFound.</returns>
    public async Task<RuleSaveResult> SetEnabledAsync(Guid id, bool enabled, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await RetryLostRaceAsync(async db =>
        {
            var rule = await db.AnalyticsRules.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
            if (rule is null)
            {
                return new(RuleSaveOutcome.NotFound, 0, []);
            }

            var now = clock.GetUtcNow().UtcDateTime;
            if (!(enabled ? rule.Enable(now) : rule.Disable()))
            {
                return new(RuleSaveOutcome.Unchanged, rule.CurrentVersion, []);
            }

            db.AuditEntries.Add(new AuditEntry(now, actor, enabled ? AuditActions.RuleEnable : AuditActions.RuleDisable, Subject(id), AuditJson.Write(new { enabled = !enabled }), AuditJson.Write(new { enabled })));
            if (!enabled)
            {
                await RuleHolds.EndAsync(db, rule, WindowStatus.Skipped, $"The rule was disabled by {actor.Name} before anybody decided of this window", cancellationToken);
                await SkipDueWindowsAsync(db, id, $"The rule was disabled by {actor.Name} before this window was evaluated", cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            return new RuleSaveResult(RuleSaveOutcome.Saved, rule.CurrentVersion, []);
        }, cancellationToken);
    }

    internal static async Task SkipDueWindowsAsync(PortalDbContext db, Guid ruleId, string outcome, CancellationToken cancellationToken)
    {
        var due = await db.RuleWindows.Where(w => w.RuleId == ruleId && w.Status == WindowStatus.Due).BoundedBy("windows of one rule that wait: at most those of the catch-up, and what people had filled").ToListAsync(cancellationToken);
        foreach (var window in due)
        {
            window.Status = WindowStatus.Skipped;
            window.Outcome = outcome;
        }
    }

    internal static async Task<RuleSnapshot?> SnapshotAsync(PortalDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await SnapshotsAsync(db, id, cancellationToken)).SingleOrDefault();

    private static async Task<IReadOnlyList<RuleSnapshot>> SnapshotsAsync(PortalDbContext db, Guid? id, CancellationToken cancellationToken)
    {
        var rows = await (
            from rule in db.AnalyticsRules.AsNoTracking()
            join version in db.RuleVersions.AsNoTracking() on new { rule.Id, Number = rule.CurrentVersion } equals new { Id = version.RuleId, version.Number }
            where id == null || rule.Id == id
            orderby rule.Name
            select new { Rule = rule, Version = version }).BoundedBy("one row a rule, and there are at most RuleStore.MostRules").ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new RuleSnapshot(
                row.Rule.Id,
                row.Version.Number,
                RuleDefinitionJson.Read(row.Version.Definition),
                row.Rule.Enabled,
                row.Rule.AutoDisabledReason,
                row.Rule.EvaluateFromUtc,
                row.Rule.PlannedToUtc,
                row.Version.CreatedUtc,
                row.Version.ActorName,
                RuleHold.Of(row.Rule))),
        ];
    }

    private static RuleVersion NewVersion(Guid id, int number, string json, string note, Actor actor, DateTime now) => new()
    {
        RuleId = id,
        Number = number,
        CreatedUtc = now,
        ActorId = actor.Id,
        ActorName = actor.Name,
        Note = note.Trim(),
        Definition = json,
    };

    internal static string Subject(Guid id) => $"rule:{id}";

    private static string VersionWords(int version, string note) =>
        string.Create(CultureInfo.InvariantCulture, $"Version {version}") + (string.IsNullOrWhiteSpace(note) ? "" : $": {note.Trim()}");

    private async Task<List<RuleError>> ErrorsAsync(PortalDbContext db, Guid id, RuleDefinition definition, string note, CancellationToken cancellationToken)
    {
        List<RuleError> errors = [.. RuleValidator.Validate(definition, detectors)];
        if (note.Length > MaxNoteLength)
        {
            errors.Add(new("note.too-long", "note", $"The note has {note.Length} characters; at most {MaxNoteLength} are kept."));
        }

        if (await db.AnalyticsRules.AnyAsync(r => r.Id != id && r.Name == definition.Name, cancellationToken))
        {
            errors.Add(new("name.taken", "name", $"Another rule is named '{definition.Name}'; names are unique."));
        }

        return errors;
    }

    /// <summary>The scheduler touches the rule's row too; losing that race says nothing about the person's edit, so the unit is tried again.</summary>
    private async Task<RuleSaveResult> RetryLostRaceAsync(Func<PortalDbContext, Task<RuleSaveResult>> unit, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                return await unit(db);
            }
            catch (DbUpdateConcurrencyException) when (attempt < 5)
            {
            }
        }
    }
}
