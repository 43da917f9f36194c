using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Maintenance.Doctor;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Storage;

/// <summary>Makes copies of the store and puts one in its place; neither happens with a copy that the doctor does not find sound.</summary>
internal sealed class StoreCopies(PortalStore store, AuditRecorder audit, TimeProvider time)
{
    private const string Subject = "store:file";

    /// <summary>Copies the store while it is served.</summary>
    /// <returns>What the doctor says of the copy; when it is not sound, the copy is gone again.</returns>
    /// <exception cref="StartRefusedException">The file exists, cannot be written, or the store is no file.</exception>
    public async Task<StoreReport> BackupAsync(string file, Actor actor, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new StartRefusedException($"{file} exists, and a backup overwrites nothing. Name another file.");
        }

        var partial = file + ".partial";
        return await GuardAsync(file, async () =>
        {
            File.Delete(partial);
            try
            {
                await store.CopyAsync(partial, cancellationToken);
                var report = await ExamineAsync(partial, cancellationToken);
                if (report.IsSound)
                {
                    File.Move(partial, file, overwrite: false);
                    await audit.AppendAsync([new AuditEntry(Now, actor, AuditActions.StoreBackup, Subject, before: null, AuditJson.Write(new { file, bytes = new FileInfo(file).Length }))], cancellationToken);
                }

                return report;
            }
            finally
            {
                File.Delete(partial);
            }
        });
    }

    /// <summary>Puts a copy in the store's place, brought to this version's schema, and keeps what was there.</summary>
    /// <returns>What the doctor says of the copy, and where the old store is kept: null when there was none, or when nothing was replaced.</returns>
    /// <exception cref="StartRefusedException">The store is served, the file is no backup, or of a newer version.</exception>
    public async Task<(StoreReport Report, string? Aside)> RestoreAsync(string file, Actor actor, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new StartRefusedException($"There is no file {file}.");
        }

        using var claim = store.TryClaim() ?? throw new StartRefusedException($"A running RulePortal is serving {store.Place}. Stop it first.");
        var copy = Path.Combine(store.Folder ?? "", string.Create(CultureInfo.InvariantCulture, $"restoring-{Now:yyyyMMddHHmmss}.db"));
        return await GuardAsync(file, async () =>
        {
            // Nothing is done to the backup itself.
            File.Copy(file, copy, overwrite: true);
            try
            {
                await MigrateAsync(copy, file, cancellationToken);
                var report = await ExamineAsync(copy, cancellationToken);
                if (!report.IsSound)
                {
                    return (report, null);
                }

                await using (var db = await store.Over(copy).CreateDbContextAsync(cancellationToken))
                {
                    db.AuditEntries.Add(new AuditEntry(Now, actor, AuditActions.StoreRestore, Subject, before: null, AuditJson.Write(new { file })));
                    await db.SaveChangesAsync(cancellationToken);
                }

                return (report, await store.ReplaceAsync(copy, string.Create(CultureInfo.InvariantCulture, $".before-{Now:yyyyMMddHHmmss}"), cancellationToken));
            }
            finally
            {
                File.Delete(copy);
            }
        });
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private Task<StoreReport> ExamineAsync(string file, CancellationToken cancellationToken)
    {
        var contexts = store.Over(file);
        return new StoreDoctor(contexts, store.Connections, new AuditVerifier(contexts, time), time).ExamineAsync(progress: null, cancellationToken);
    }

    private async Task MigrateAsync(string copy, string file, CancellationToken cancellationToken)
    {
        await using var db = await store.Over(copy).CreateDbContextAsync(cancellationToken);
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        var known = db.Database.GetMigrations().ToList();
        if (!applied.Any())
        {
            throw new StartRefusedException($"{file} is no backup of RulePortal.");
        }

        if (applied.Except(known, StringComparer.Ordinal).LastOrDefault() is { } newer)
        {
            throw new StartRefusedException($"{file} was made by a newer RulePortal: it has the migration {newer}, which this version does not know. Restore it with that version.");
        }

        await db.Database.MigrateAsync(cancellationToken);
    }

    private static async Task<T> GuardAsync<T>(string file, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            throw new StartRefusedException($"{file} cannot be read or written as a store: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
        }
    }
}
