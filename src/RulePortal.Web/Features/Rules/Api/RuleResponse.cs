using System.Text.Json.Serialization;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Pins;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>A rule with its version in force.</summary>
internal sealed record RuleResponse(
    Guid Id,
    int Version,
    bool Enabled,
    string? AutoDisabledReason,
    RuleHold? Hold,
    DateTime SavedUtc,
    string SavedBy,
    RuleDefinitionBody Definition)
{
    /// <summary>After a save: the pins of which it could not be told whether the definition breaks them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JudgedPinAnswer>? PinsNotJudged { get; init; }

    public static RuleResponse Of(RuleSnapshot rule) =>
        new(rule.Id, rule.Version, rule.Enabled, rule.AutoDisabledReason, rule.Hold, rule.SavedUtc, rule.SavedBy, RuleDefinitionBody.Of(rule.Definition));
}

/// <summary>How a pin stands under a definition.</summary>
/// <param name="AlertId">The alert it lies on.</param>
/// <param name="Title">The alert's title.</param>
/// <param name="WindowEnd">End of the alert's window.</param>
/// <param name="Kind">What the pin demands.</param>
/// <param name="Note">Why it was put there.</param>
/// <param name="By">Who put it there.</param>
/// <param name="Standing">Holds, Breaks, or CannotBeJudged.</param>
/// <param name="Why">In a sentence, with the numbers.</param>
/// <param name="InForce">How it stands under the version in force, where the definition breaks it.</param>
internal sealed record JudgedPinAnswer(long AlertId, string Title, DateTime WindowEnd, PinKind Kind, string Note, string By, PinStanding Standing, string Why, PinStanding? InForce)
{
    public static JudgedPinAnswer Of(JudgedPin pin) =>
        new(pin.Pin.AlertId, pin.Pin.Title, pin.Pin.WindowEndUtc, pin.Pin.Pin.Kind, pin.Pin.Pin.Note, pin.Pin.Pin.ActorName, pin.Verdict.Standing, pin.Verdict.Why, pin.InForce?.Standing);
}
