using System.Globalization;

namespace RulePortal.Data.Connections.Parsing;

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
