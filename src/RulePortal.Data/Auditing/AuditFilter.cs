namespace RulePortal.Data.Auditing;

/// <summary>Which entries. What is left empty does not filter; what is given must all hold.</summary>
public sealed record AuditFilter
{
    /// <summary>Most characters of <see cref="Text"/>.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Every entry.</summary>
    public static AuditFilter Everything { get; } = new();

    /// <summary>Entries at or after this instant. UTC.</summary>
    public DateTime? FromUtc { get; init; }

    /// <summary>Entries before this instant. UTC.</summary>
    public DateTime? ToUtc { get; init; }

    /// <summary>Entries of any of these <see cref="Actor.Id"/>s.</summary>
    public IReadOnlyList<string> ActorIds { get; init; } = [];

    /// <summary>Entries of any of these <see cref="AuditActions"/>.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Entries that ended in any of these ways.</summary>
    public IReadOnlyList<AuditOutcome> Outcomes { get; init; } = [];

    /// <summary>Entries whose subject, detail, actor's name or origin contains this, in any case; no character is a wildcard.</summary>
    /// <value>Blanks around it do not count; longer than <see cref="MaxTextLength"/> characters finds nothing.</value>
    public string? Text { get; init; }
}
