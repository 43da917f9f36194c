using System.Globalization;

namespace RulePortal.Data.Intake.Reading;

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

/// <summary>Content beyond a limit of size.</summary>
/// <param name="row">The row being read, from 1.</param>
/// <param name="reason">Which limit, as a sentence.</param>
/// <param name="remedy">What to do about it.</param>
public sealed class ContentTooLargeException(long row, string reason, string remedy) : ContentException(row, reason, remedy)
{
    internal static ContentTooLargeException Bytes(long maxBytes) => new(
        0,
        string.Create(CultureInfo.InvariantCulture, $"The content has more than {maxBytes:N0} bytes when unpacked."),
        "Send it in smaller parts.");

    internal static ContentTooLargeException Rows(long row, int maxRows) => new(
        row,
        string.Create(CultureInfo.InvariantCulture, $"The content has more than {maxRows:N0} rows."),
        "Send it in smaller parts.");
}
