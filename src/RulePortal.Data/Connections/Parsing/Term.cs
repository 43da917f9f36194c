namespace RulePortal.Data.Connections.Parsing;

/// <summary>A text met while reading, kept once. The last two members say where the batch at hand has it.</summary>
internal sealed class Term(string text, byte[] utf8)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = utf8;

    public int Generation { get; set; }

    public int Index { get; set; }
}
