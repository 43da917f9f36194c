using System.Text.Json;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>An entry as the API and the exports write it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Position">Its place in the chain; null until sealed.</param>
/// <param name="AtUtc">When.</param>
/// <param name="ActorId">Who, by the identity that stays.</param>
/// <param name="ActorName">Who, for people.</param>
/// <param name="Origin">From where: an address, or "command line", "scheduler", "start".</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">To what.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Attempts">How often, within the minute that began then.</param>
/// <param name="Detail">What else is worth knowing.</param>
/// <param name="Changes">The fields that differ.</param>
/// <param name="Before">The state before.</param>
/// <param name="After">The state after.</param>
/// <param name="Hash">The chain's hash up to this entry, in hexadecimal digits; null until sealed.</param>
internal sealed record AuditEntryAnswer(
    long Id,
    long? Position,
    DateTime AtUtc,
    string ActorId,
    string ActorName,
    string Origin,
    string Action,
    string Subject,
    AuditOutcome Outcome,
    int Attempts,
    string? Detail,
    IReadOnlyList<FieldChange> Changes,
    JsonElement? Before,
    JsonElement? After,
    string? Hash)
{
    public static AuditEntryAnswer Of(AuditEntry entry) => new(
        entry.Id,
        entry.Position,
        entry.AtUtc,
        entry.ActorId,
        entry.ActorName,
        entry.Origin,
        entry.Action,
        entry.Subject,
        entry.Outcome,
        entry.Attempts,
        entry.Detail,
        AuditDiff.Of(entry),
        State(entry.Before),
        State(entry.After),
        entry.Hash is null ? null : Convert.ToHexStringLower(entry.Hash));

    // What is no JSON was written by somebody else; it is passed on as the text it is.
    private static JsonElement? State(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(json);
        }
    }
}
