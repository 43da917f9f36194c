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
