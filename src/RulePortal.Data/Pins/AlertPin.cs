using RulePortal.Data.Auditing;
using RulePortal.Detection.Pins;

namespace RulePortal.Data.Pins;

/// <summary>A demand on every later version of an alert's rule. It belongs to its alert and goes with it.</summary>
public sealed class AlertPin
{
    /// <summary>Most characters of <see cref="Note"/>.</summary>
    public const int MaxNoteLength = 300;

    /// <summary>Most pins of one rule: each is judged whenever the rule is saved.</summary>
    public const int MostOfRule = 100;

    private AlertPin()
    {
    }

    internal AlertPin(long alertId, Guid ruleId)
    {
        AlertId = alertId;
        RuleId = ruleId;
    }

    /// <summary>The alert; it has at most one pin.</summary>
    public long AlertId { get; private set; }

    /// <summary>The alert's rule.</summary>
    public Guid RuleId { get; private set; }

    /// <summary>What it demands.</summary>
    public PinKind Kind { get; private set; }

    /// <summary>When it was put there, or last changed. UTC.</summary>
    public DateTime PinnedUtc { get; private set; }

    /// <summary>Whose <see cref="Actor.Id"/>.</summary>
    public string ActorId { get; private set; } = "";

    /// <summary>Whose <see cref="Actor.Name"/>.</summary>
    public string ActorName { get; private set; } = "";

    /// <summary>Why, in that person's words; may be empty.</summary>
    public string Note { get; private set; } = "";

    internal void Set(PinKind kind, string note, Actor actor, DateTime nowUtc)
    {
        Kind = kind;
        Note = note;
        PinnedUtc = nowUtc;
        ActorId = actor.Id;
        ActorName = actor.Name;
    }
}

/// <summary>A pin as it is shown with its alert.</summary>
/// <param name="Kind">What it demands of later versions of the rule.</param>
/// <param name="PinnedUtc">When it was put there, or last changed. UTC.</param>
/// <param name="ActorName">By whom.</param>
/// <param name="Note">Why; may be empty.</param>
public sealed record PinItem(PinKind Kind, DateTime PinnedUtc, string ActorName, string Note)
{
    internal static PinItem Of(AlertPin pin) => new(pin.Kind, pin.PinnedUtc, pin.ActorName, pin.Note);
}
