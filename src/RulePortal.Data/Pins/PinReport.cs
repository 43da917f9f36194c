using RulePortal.Detection.Pins;

namespace RulePortal.Data.Pins;

/// <summary>How the pins of a rule stand under a definition.</summary>
/// <param name="Pins">All of them, by the alert's window.</param>
public sealed record PinReport(IReadOnlyList<JudgedPin> Pins)
{
    /// <summary>No pins.</summary>
    public static PinReport Empty { get; } = new([]);

    /// <summary>Those that the definition breaks.</summary>
    public IReadOnlyList<JudgedPin> Broken => [.. Pins.Where(pin => pin.IsBroken)];

    /// <summary>Those of which it cannot be told.</summary>
    public IReadOnlyList<JudgedPin> Unknown => [.. Pins.Where(pin => pin.Verdict.Standing is PinStanding.CannotBeJudged)];

    /// <summary>What the pins were when they were judged: another save may go on from this report only while they are the same.</summary>
    internal IReadOnlyList<(long, PinKind, DateTime)> Stamp => [.. Pins.Select(pin => (pin.Pin.AlertId, pin.Pin.Pin.Kind, pin.Pin.Pin.PinnedUtc)).Order()];
}
