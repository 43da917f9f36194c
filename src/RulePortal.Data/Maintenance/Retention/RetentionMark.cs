using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Maintenance.Retention;

/// <summary>How far retention has gone in one table: what a ledger, a replay and the doctor must not expect any more.</summary>
public sealed class RetentionMark
{
    /// <summary>What is let go; the name of a <see cref="RetentionPart"/>.</summary>
    /// <value>1 to 40 characters.</value>
    public required string Part { get; init; }

    /// <summary>What is older may have been removed; what is younger was never touched. Set before the first removal, and never set back. UTC.</summary>
    public required DateTime KeptFromUtc { get; set; }

    /// <summary>Rows removed in all.</summary>
    public long RemovedRows { get; set; }

    /// <summary>When a run last came to its end, or null. UTC.</summary>
    public DateTime? DoneUtc { get; set; }
}

internal static class RetentionModel
{
    public static void Configure(ModelBuilder model) => model.Entity<RetentionMark>(mark =>
    {
        mark.HasKey(e => e.Part);
        mark.Property(e => e.Part).HasMaxLength(40);
    });
}
