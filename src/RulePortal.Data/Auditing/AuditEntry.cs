namespace RulePortal.Data.Auditing;

/// <summary>One change, written in the transaction that made it and never altered.</summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    /// <summary>Makes an entry.</summary>
    public AuditEntry(DateTime atUtc, Actor actor, string action, string subject, string? before, string? after)
    {
        ArgumentNullException.ThrowIfNull(actor);
        AtUtc = atUtc;
        ActorId = actor.Id;
        ActorName = actor.Name;
        Action = action;
        Subject = subject;
        Before = before;
        After = after;
    }

    /// <summary>Sequence, ascending.</summary>
    public long Id { get; private set; }

    /// <summary>When. UTC.</summary>
    public DateTime AtUtc { get; private set; }

    /// <summary>Whose <see cref="Actor.Id"/>.</summary>
    public string ActorId { get; private set; } = "";

    /// <summary>Whose <see cref="Actor.Name"/>.</summary>
    public string ActorName { get; private set; } = "";

    /// <summary>What was done, as <c>noun.verb</c>, such as <c>rule.save</c>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>To what, as <c>noun:id</c>.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The state before as JSON, or null for something new.</summary>
    public string? Before { get; private set; }

    /// <summary>The state after as JSON, or null for something gone.</summary>
    public string? After { get; private set; }
}
