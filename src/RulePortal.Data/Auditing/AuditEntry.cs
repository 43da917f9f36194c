using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Auditing;

/// <summary>One thing that was done or tried: a change is written in the transaction that makes it. Never altered; sealed once by <see cref="AuditSealer"/>.</summary>
public sealed class AuditEntry
{
    /// <summary>Most characters of <see cref="Subject"/>.</summary>
    public const int SubjectLength = 200;

    /// <summary>Most characters of <see cref="Detail"/>.</summary>
    public const int DetailLength = 500;

    internal const int ActorLength = 200;
    internal const int OriginLength = 100;

    private AuditEntry()
    {
    }

    /// <summary>Makes an entry. Texts that are too long are cut.</summary>
    /// <remarks>
    /// A change and its entry are one transaction, so this is where every writer meets the question whether the actor may: one that
    /// forgets to ask is still closed.
    /// </remarks>
    /// <exception cref="ActorRefusedException">The actor lacks the right that <see cref="AuditActions.RightFor"/> says the action needs.</exception>
    public AuditEntry(DateTime atUtc, Actor actor, string action, string subject, string? before = null, string? after = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(subject);
        actor.Demand(AuditActions.RightFor(action));
        AtUtc = atUtc;
        ActorId = Cut(actor.Id, ActorLength);
        ActorName = Cut(actor.Name, ActorLength);
        Origin = Cut(actor.Origin, OriginLength);
        Action = action;
        Subject = Cut(subject, SubjectLength);
        Before = before;
        After = after;
    }

    /// <summary>Identity, ascending in the order of writing; not of committing, and with gaps.</summary>
    public long Id { get; private set; }

    /// <summary>When. UTC.</summary>
    public DateTime AtUtc { get; private set; }

    /// <summary>Whose <see cref="Actor.Id"/>.</summary>
    public string ActorId { get; private set; } = "";

    /// <summary>Whose <see cref="Actor.Name"/>.</summary>
    public string ActorName { get; private set; } = "";

    /// <summary>From where: <see cref="Actor.Origin"/>.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>What was done: one of <see cref="AuditActions"/>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>To what, as <c>noun:id</c>.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>How it ended.</summary>
    public AuditOutcome Outcome { get; init; }

    /// <summary>How often it was tried, in the minute that began at <see cref="AtUtc"/>.</summary>
    /// <value>1 unless denied attempts were counted together.</value>
    public int Attempts { get; init; } = 1;

    /// <summary>What else is worth knowing, such as why it was denied, or null. May hold what a stranger wrote.</summary>
    /// <value>Cut at <see cref="DetailLength"/> characters.</value>
    public string? Detail { get; init => field = value is null ? null : Cut(value, DetailLength); }

    /// <summary>The state before as JSON, or null for something new.</summary>
    public string? Before { get; private set; }

    /// <summary>The state after as JSON, or null for something gone.</summary>
    public string? After { get; private set; }

    /// <summary>Place in the chain from 1, in the order of sealing; null until sealed.</summary>
    public long? Position { get; private set; }

    /// <summary>The chain's hash up to and with this entry (<see cref="AuditHash"/>); 32 bytes, null until sealed.</summary>
    public byte[]? Hash { get; private set; }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}

/// <summary>How what was tried ended.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Succeeded = 0,

    /// <summary>It was refused: the role, the key or the sign-in did not suffice.</summary>
    Denied = 1,

    /// <summary>It was allowed and did not come to its end.</summary>
    Failed = 2,
}
