namespace RulePortal.Data.Auditing;

/// <summary>Where the chain of sealed entries ends, and what its last verification found. There is one row.</summary>
public sealed class AuditChainHead
{
    internal const int TheId = 1;
    internal const int FaultLength = 1000;

    /// <summary>Always 1.</summary>
    public int Id { get; private set; } = TheId;

    /// <summary>Position of the last sealed entry; 0 while none is.</summary>
    public long Position { get; private set; }

    /// <summary>Its hash; <see cref="AuditHash.Origin"/> while there is none.</summary>
    public byte[] Hash { get; private set; } = AuditHash.Origin;

    /// <summary>When it was sealed, or null. UTC.</summary>
    public DateTime? SealedUtc { get; private set; }

    /// <summary>When the whole chain was last verified, or null. UTC.</summary>
    public DateTime? VerifiedUtc { get; private set; }

    /// <summary>What that found wrong, as a sentence, or null when all was well.</summary>
    public string? Fault { get; private set; }
}

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
