using System.Text.Json;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>A new version of a rule.</summary>
/// <param name="Definition">The whole definition, in the shape in which GET answers it.</param>
/// <param name="ExpectedVersion">The version the change is based on; or say it in If-Match.</param>
/// <param name="Note">Why, at most 1,000 characters.</param>
/// <param name="OverridePins">Why it may be saved although it breaks pins, 1 to 1,000 characters; kept with the version when it does.</param>
internal sealed record RuleUpdate(JsonElement Definition, int? ExpectedVersion = null, string? Note = null, string? OverridePins = null);
