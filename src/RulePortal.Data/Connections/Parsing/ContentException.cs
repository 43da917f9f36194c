namespace RulePortal.Data.Connections.Parsing;

/// <summary>Content that cannot be read further: not a bad row, but no rows any more.</summary>
/// <param name="row">The row being read, from 1; 0 before the first.</param>
/// <param name="reason">What is wrong, as a sentence.</param>
/// <param name="remedy">What to do about it.</param>
/// <param name="inner">What was caught.</param>
public class ContentException(long row, string reason, string remedy, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>The row being read, from 1; 0 before the first.</summary>
    public long Row { get; } = row;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;
}
