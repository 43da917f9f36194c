using System.Globalization;
using RulePortal.Data.Connections.Parsing;

namespace RulePortal.Data.Connections;

/// <summary>How the import of a file ended, and what is stored of it.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Progress">What is stored, whatever the outcome.</param>
public sealed record FileImportResult(FileImportOutcome Outcome, FileImportProgress Progress)
{
    /// <summary>The first twenty bad rows of the refused batch.</summary>
    public IReadOnlyList<BadRow> BadRows { get; init; } = [];

    /// <summary>How many bad rows the refused batch has.</summary>
    public int BadRowCount { get; init; }

    /// <summary>What stopped the import, as sentences; empty when nothing did.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What is stored, as a sentence.</summary>
    public string Summary
    {
        get
        {
            string before = Progress.AlreadyStored > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Progress.AlreadyStored:N0} were stored already") : "";
            string rejected = Progress.Rejected > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Progress.Rejected:N0} were rejected and kept with their reasons") : "";
            return string.Create(CultureInfo.InvariantCulture, $"{Progress.Stored:N0} rows stored{before}{rejected}, in {Progress.Batches:N0} {(Progress.Batches == 1 ? "batch" : "batches")}.");
        }
    }
}
