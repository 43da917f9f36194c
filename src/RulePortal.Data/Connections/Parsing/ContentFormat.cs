namespace RulePortal.Data.Connections.Parsing;

/// <summary>How records are written.</summary>
public enum ContentFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson = 0,

    /// <summary>One JSON array of objects.</summary>
    JsonArray = 1,

    /// <summary>RFC 4180 with a header row.</summary>
    Csv = 2,
}
