using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Connections;

internal static class ConnectionsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<ConnectionRow>(row =>
        {
            row.ToTable("Connections");
            row.Property(e => e.Id).ValueGeneratedNever();
            foreach (var column in StoredColumns.Texts)
            {
                row.Property<int>(StoredColumns.NameOf(column));
            }

            foreach (var column in StoredColumns.Numbers)
            {
                row.Property(typeof(Nullable<>).MakeGenericType(StoredColumns.TypeOf(column)), StoredColumns.NameOf(column));
            }

            // The first three answer which countries are rare; the others ride along, so that tuples are counted without touching the table.
            row.HasIndex(e => new { e.DirectionId, e.RemoteCountryId, e.TimeGenerated, e.ProcessNameId, e.SourceIpId, e.DestinationIpId })
                .HasDatabaseName("IX_Connections_Country");
        });
        model.Entity<ConnectionTerm>(term =>
        {
            term.Property(e => e.Utf8).HasMaxLength(1600);
            term.Property(e => e.Text).HasMaxLength(400);
            term.HasIndex(e => e.Utf8).IsUnique();
        });
        model.Entity<ConnectionCountry>().HasKey(e => new { e.DirectionId, e.RemoteCountryId });
        model.Entity<ConnectionHour>(hour =>
        {
            hour.HasKey(e => e.HourUtc);
            hour.Property(e => e.HourUtc).ValueGeneratedNever();
        });
        model.Entity<ConnectionSource>(source =>
        {
            source.HasKey(e => e.ComputerId);
            source.Property(e => e.ComputerId).ValueGeneratedNever();
        });
        model.Entity<ConnectionBatch>(batch =>
        {
            batch.HasKey(e => e.Seq);
            batch.Property(e => e.Seq).ValueGeneratedNever();
            batch.Property(e => e.Key).HasMaxLength(200);
            batch.Property(e => e.ContentHash).HasMaxLength(32);
            batch.Property(e => e.ActorId).HasMaxLength(200);
            batch.Property(e => e.ActorName).HasMaxLength(200);
            batch.Property(e => e.FileName).HasMaxLength(300);
            batch.Property(e => e.WithdrawnBy).HasMaxLength(200);
            // SQLite takes brackets as SQL Server does. A withdrawn batch gives its key back.
            batch.HasIndex(e => e.Key).IsUnique().HasFilter("[WithdrawnUtc] IS NULL");
        });
        model.Entity<RejectedRow>(row =>
        {
            row.HasOne<ConnectionBatch>().WithMany().HasForeignKey(e => e.BatchSeq).OnDelete(DeleteBehavior.Cascade);
            row.HasIndex(e => new { e.BatchSeq, e.RowNumber });
        });
    }
}
