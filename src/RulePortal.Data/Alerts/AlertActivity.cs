using RulePortal.Data.Auditing;

namespace RulePortal.Data.Alerts;

/// <summary>One entry of an alert's activity log. Append-only.</summary>
public sealed class AlertActivity
{
    private AlertActivity()
    {
    }

    internal AlertActivity(int alertVersion, DateTime atUtc, Actor actor, ActivityKind kind, string? from, string? to, string? comment)
    {
        AlertVersion = alertVersion;
        AtUtc = atUtc;
        ActorId = actor.Id;
        ActorName = actor.Name;
        Kind = kind;
        From = from;
        To = to;
        Comment = comment;
    }

    /// <summary>Identity, ascending.</summary>
    public long Id { get; private set; }

    /// <summary>The alert.</summary>
    public long AlertId { get; private set; }

    /// <summary>The alert's <see cref="Alert.Version"/> that this change made: what came after a version is what its reader has not seen.</summary>
    public int AlertVersion { get; private set; }

    /// <summary>When. UTC.</summary>
    public DateTime AtUtc { get; private set; }

    /// <summary>Whose <see cref="Actor.Id"/>.</summary>
    public string ActorId { get; private set; } = "";

    /// <summary>Whose <see cref="Actor.Name"/>.</summary>
    public string ActorName { get; private set; } = "";

    /// <summary>What.</summary>
    public ActivityKind Kind { get; private set; }

    /// <summary>The value before, in words, or null.</summary>
    public string? From { get; private set; }

    /// <summary>The value after, in words, or null.</summary>
    public string? To { get; private set; }

    /// <summary>What the person wrote, or null.</summary>
    /// <value>At most <see cref="Alert.MaxCommentLength"/> characters.</value>
    public string? Comment { get; private set; }
}

/// <summary>What happened to an alert.</summary>
public enum ActivityKind
{
    /// <summary>The rule raised it.</summary>
    Raised = 0,

    /// <summary>Taken up.</summary>
    Acknowledged = 1,

    /// <summary>The owner changed.</summary>
    Assigned = 2,

    /// <summary>Closed with a classification.</summary>
    Closed = 3,

    /// <summary>Opened again.</summary>
    Reopened = 4,

    /// <summary>A comment.</summary>
    Commented = 5,

    /// <summary>A later attempt at the same window found further result rows.</summary>
    RowsAdded = 6,

    /// <summary>Pinned, or its pin was changed.</summary>
    Pinned = 7,

    /// <summary>Its pin was taken off.</summary>
    Unpinned = 8,
}
