using RulePortal.Data.Auditing;

namespace RulePortal.Data.Ledger.Gaps;

/// <summary>A span of a rule's windows that are filled behind the live ones. How far it is filled follows from its windows.</summary>
public sealed class RuleGap
{
    /// <summary>Identity.</summary>
    public long Id { get; init; }

    /// <summary>The rule.</summary>
    public required Guid RuleId { get; init; }

    /// <summary>Start of its first window. UTC.</summary>
    public required DateTime StartUtc { get; init; }

    /// <summary>End of its last window. UTC.</summary>
    public required DateTime EndUtc { get; set; }

    /// <summary>When it was noticed or asked for. UTC.</summary>
    public required DateTime NoticedUtc { get; init; }

    /// <summary>Why there is a gap.</summary>
    public required GapCause Cause { get; init; }

    /// <summary>Who asked: <see cref="Auditing.Actor.Name"/>.</summary>
    public required string ActorName { get; init; }
}

/// <summary>Why windows were not evaluated when they came due.</summary>
public enum GapCause
{
    /// <summary>Nothing evaluated them in time: the portal was down or behind.</summary>
    Missed = 0,

    /// <summary>A person asked for windows that the rule never had, or had skipped.</summary>
    Requested = 1,
}
