using RulePortal.Detection.Pins;

namespace RulePortal.Data.Pins;

/// <summary>A pin that a saved version broke, as that version remembers it: alert and pin may be gone since.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Kind">What the pin demanded.</param>
/// <param name="Title">The alert's title.</param>
/// <param name="WindowEndUtc">End of the alert's window. UTC.</param>
/// <param name="Why">What the version did instead, in a sentence with its numbers.</param>
public sealed record BrokenPin(long AlertId, PinKind Kind, string Title, DateTime WindowEndUtc, string Why);
