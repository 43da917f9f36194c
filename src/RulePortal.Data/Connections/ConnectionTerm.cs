namespace RulePortal.Data.Connections;

/// <summary>One text of the dictionary. Its bytes are its identity, which settles case, accents and trailing blanks on every provider.</summary>
public sealed class ConnectionTerm
{
    /// <summary>Identity.</summary>
    public int Id { get; init; }

    /// <summary>The text in UTF-8; unique; empty for the empty text.</summary>
    /// <value>At most 1,600 bytes.</value>
    public required byte[] Utf8 { get; init; }

    /// <summary>The same text, for reading and searching only.</summary>
    public required string Text { get; init; }
}
