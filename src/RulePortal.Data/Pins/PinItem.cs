using RulePortal.Detection.Pins;

namespace RulePortal.Data.Pins;

/// <summary>A pin as it is shown with its alert.</summary>
/// <param name="Kind">What it demands of later versions of the rule.</param>
/// <param name="PinnedUtc">When it was put there, or last changed. UTC.</param>
/// <param name="ActorName">By whom.</param>
/// <param name="Note">Why; may be empty.</param>
public sealed record PinItem(PinKind Kind, DateTime PinnedUtc, string ActorName, string Note)
{
    internal static PinItem Of(AlertPin pin) => new(pin.Kind, pin.PinnedUtc, pin.ActorName, pin.Note);
}
