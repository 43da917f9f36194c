namespace RulePortal.Data.Connections.Parsing;

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
