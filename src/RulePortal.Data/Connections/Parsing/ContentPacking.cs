namespace RulePortal.Data.Connections.Parsing;

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
