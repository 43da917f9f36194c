using RulePortal.Detection.Pins;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What somebody chose for an alert's pin.</summary>
/// <param name="Kind">What it demands; null for no pin.</param>
/// <param name="Note">Why.</param>
public sealed record PinChoice(PinKind? Kind, string Note);
