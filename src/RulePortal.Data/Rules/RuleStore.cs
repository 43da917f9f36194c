using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Data.Pins;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Rules;

/// <summary>Reads and changes rules: every change is a new version or a switch, validated, audited, and refused when it is based on an old version.</summary>
public sealed class RuleStore(IDbContextFactory<PortalDbContext> contexts, DetectorCatalog detectors, RulePins pins, TimeProvider clock)
{
    /// <summary>Most characters of a version's note.</summary>
    public const int MaxNoteLength = 1000;

    /// <summary>Most characters of the reason for saving a version that breaks pins.</summary>
    public const int MaxOverrideLength = 1000;

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

        var errors = await ErrorsAsync(db, id, definition, note, pinOverride: null, cancellationToken);
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

    /// <summary>Saves a definition as the rule's next version, unless it breaks a pin.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="expectedVersion">The version the edit was based on.</param>
    /// <param name="definition">The whole new definition.</param>
    /// <param name="note">Why; at most <see cref="MaxNoteLength"/> characters.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<RuleSaveResult> SaveAsync(Guid id, int expectedVersion, RuleDefinition definition, string note, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(actor);
        return SaveAsync(new Edit(id, expectedVersion, definition, note, null), actor, cancellationToken);
    }

    /// <summary>Saves a definition as the rule's next version although it breaks pins; the version remembers which, and why.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="expectedVersion">The version the edit was based on.</param>
    /// <param name="definition">The whole new definition.</param>
    /// <param name="note">Why; at most <see cref="MaxNoteLength"/> characters.</param>
    /// <param name="reason">Why the pins may break; 1 to <see cref="MaxOverrideLength"/> characters. Kept only when a pin breaks.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<RuleSaveResult> SaveOverridingPinsAsync(Guid id, int expectedVersion, RuleDefinition definition, string note, string reason, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(actor);
        return SaveAsync(new Edit(id, expectedVersion, definition, note, reason.Trim()), actor, cancellationToken);
    }

    /// <summary>Whether a change of a definition can change what is detected or raised, so that pins have to be asked.</summary>
    /// <remarks>Whatever is not named here counts, so that a new field is judged until somebody says that it need not be.</remarks>
    public static bool NeedsPins(RuleDefinition before, RuleDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var words = after with
        {
            Name = before.Name,
            Description = before.Description,
            Severity = before.Severity,
            Tactics = before.Tactics,
            TacticsText = before.TacticsText,
            Techniques = before.Techniques,
            QueryText = before.QueryText,
            SuppressionDuration = before.SuppressionDuration,
            LearningPeriod = before.LearningPeriod,
            HoldAbove = before.HoldAbove,
        };
        return !string.Equals(RuleDefinitionJson.Write(words), RuleDefinitionJson.Write(before), StringComparison.Ordinal);
    }

    private Task<RuleSaveResult> SaveAsync(Edit edit, Actor actor, CancellationToken cancellationToken)
    {
        // Judging reads for seconds, and before anything is written: whoever may not save does not make the store work for it.
        actor.Demand(AuditActions.RightFor(AuditActions.RuleSave));
        PinReport? judged = null;
        return RetryLostRaceAsync(async db =>
        {
            var rule = await db.AnalyticsRules.SingleOrDefaultAsync(r => r.Id == edit.Id, cancellationToken);
            if (rule is null)
            {
                return new(RuleSaveOutcome.NotFound, 0, []);
            }

            var current = await db.RuleVersions.AsNoTracking().SingleAsync(v => v.RuleId == edit.Id && v.Number == rule.CurrentVersion, cancellationToken);
            if (rule.CurrentVersion != edit.ExpectedVersion)
            {
                return new(RuleSaveOutcome.Conflict, rule.CurrentVersion, [], current.ActorName);
            }

            var errors = await ErrorsAsync(db, edit.Id, edit.Definition, edit.Note, edit.Override, cancellationToken);
            if (errors.Count > 0)
            {
                return new(RuleSaveOutcome.Invalid, rule.CurrentVersion, errors);
            }

            var json = RuleDefinitionJson.Write(edit.Definition);
            // Read and written again, because a definition stored by an earlier release may lack fields.
            if (string.Equals(json, RuleDefinitionJson.Write(RuleDefinitionJson.Read(current.Definition)), StringComparison.Ordinal))
            {
                return new(RuleSaveOutcome.Unchanged, rule.CurrentVersion, []);
            }

            // The rule's row was read before: a pin that is put or changed from here on moves its token, and the save comes back to judge again.
            judged = await JudgeAsync(db, edit, RuleDefinitionJson.Read(current.Definition), judged, cancellationToken);
            if (judged.Broken.Count > 0 && edit.Override is null)
            {
                return new(RuleSaveOutcome.BreaksPins, rule.CurrentVersion, []) { Pins = judged };
            }

            var broken = judged.Broken.Select(pin => pin.AsBroken()).ToList();
            var reason = broken.Count > 0 ? edit.Override : null;
            var now = clock.GetUtcNow().UtcDateTime;
            rule.Supersede(edit.Definition.Name);
            await RuleHolds.EndAsync(db, rule, WindowStatus.Due, "", cancellationToken);
            db.RuleVersions.Add(NewVersion(edit.Id, rule.CurrentVersion, json, edit.Note, actor, now, reason, BrokenPinJson.Write(broken)));
            db.AuditEntries.Add(new AuditEntry(now, actor, AuditActions.RuleSave, Subject(edit.Id), current.Definition, json) { Detail = OverrideWords(broken, reason) + VersionWords(rule.CurrentVersion, edit.Note) });
            await db.SaveChangesAsync(cancellationToken);
            return new RuleSaveResult(RuleSaveOutcome.Saved, rule.CurrentVersion, []) { Pins = judged };
        }, cancellationToken);
    }

    private async Task<PinReport> JudgeAsync(PortalDbContext db, Edit edit, RuleDefinition current, PinReport? judged, CancellationToken cancellationToken)
    {
        if (!NeedsPins(current, edit.Definition))
        {
            return PinReport.Empty;
        }

        var stamp = await RulePins.StampAsync(db, edit.Id, cancellationToken);
        return judged is not null && judged.Stamp.SequenceEqual(stamp) ? judged
            : stamp.Count == 0 ? PinReport.Empty
            // A judgement reads within transactions of its own, which are not tried again in parts.
            : await db.Database.CreateExecutionStrategy().ExecuteAsync(token => pins.JudgeAsync(edit.Id, edit.Definition, current, token), cancellationToken);
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

    private static RuleVersion NewVersion(Guid id, int number, string json, string note, Actor actor, DateTime now, string? pinOverride = null, string? brokenPins = null) => new()
    {
        PinOverride = pinOverride,
        BrokenPins = brokenPins,
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

    // First, as the trail keeps the first 500 characters: what was overridden matters more than the note, which the version has whole.
    private static string OverrideWords(List<BrokenPin> broken, string? reason)
    {
        const int most = 5;
        if (broken.Count == 0)
        {
            return "";
        }

        var named = string.Join(", ", broken.Take(most).Select(pin => string.Create(CultureInfo.InvariantCulture, $"alert {pin.AlertId} {(pin.Kind is PinKind.MustFire ? "must fire" : "must not fire")}")));
        var more = broken.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {broken.Count - most} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"Breaks {broken.Count} {(broken.Count == 1 ? "pin" : "pins")} ({named}{more}): {reason?.TrimEnd('.')}. ");
    }

    private async Task<List<RuleError>> ErrorsAsync(PortalDbContext db, Guid id, RuleDefinition definition, string note, string? pinOverride, CancellationToken cancellationToken)
    {
        List<RuleError> errors = [.. detectors.Check(definition, out _)];
        if (note.Length > MaxNoteLength)
        {
            errors.Add(new("note.too-long", "note", $"The note has {note.Length} characters; at most {MaxNoteLength} are kept."));
        }

        if (pinOverride is { Length: 0 or > MaxOverrideLength })
        {
            errors.Add(new("overridePins.length", "overridePins", $"The reason for breaking pins has 1 to {MaxOverrideLength} characters; it has {pinOverride.Length}."));
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

    /// <summary>What somebody wants to save.</summary>
    private sealed record Edit(Guid Id, int ExpectedVersion, RuleDefinition Definition, string Note, string? Override);
}
