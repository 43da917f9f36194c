namespace RulePortal.Data.Intake.Reading;

/// <summary>What is known of content before it is read.</summary>
public sealed record ContentOptions
{
    /// <summary>How records are written; null finds out from the first character.</summary>
    public ContentFormat? Format { get; init; }

    /// <summary>How the content is packed.</summary>
    /// <value>Found out from its first bytes unless set.</value>
    public ContentPacking Packing { get; init; }

    /// <summary>Most bytes of unpacked content, or null for no limit.</summary>
    public long? MaxBytes { get; init; }
}

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

/// <summary>How content is packed.</summary>
public enum ContentPacking
{
    /// <summary>Found out from its first bytes.</summary>
    Detect = 0,

    /// <summary>Not at all.</summary>
    None = 1,

    /// <summary>With gzip.</summary>
    Gzip = 2,
}
