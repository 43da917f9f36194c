namespace RulePortal.Web.Features.Administration.Auditing;

internal enum AuditFormat
{
    /// <summary>For spreadsheets: one line an entry, its changes in one cell.</summary>
    Csv = 0,

    /// <summary>For programs: one JSON object a line, with everything a verification needs.</summary>
    Ndjson = 1,
}
