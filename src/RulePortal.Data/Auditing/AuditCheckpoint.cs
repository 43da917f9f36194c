namespace RulePortal.Data.Auditing;

/// <summary>Where the chain goes on after entries past their retention were removed. Written before the first of them goes, and never removed.</summary>
public sealed class AuditCheckpoint
{
    /// <summary>Position of the last entry removed.</summary>
    public required long Position { get; init; }

    /// <summary>Its hash, which the next entry's builds on.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>How many entries it stands for, those of earlier checkpoints not counted.</summary>
    public required long Count { get; init; }

    /// <summary>All of them are older than this. UTC.</summary>
    public required DateTime UntilUtc { get; init; }

    /// <summary>When it was written. UTC.</summary>
    public required DateTime MadeUtc { get; init; }
}
