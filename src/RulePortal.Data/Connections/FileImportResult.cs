using RulePortal.Data.Connections.Parsing;
using RulePortal.Detection.Detectors;

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
            if (Progress.Batches == 0)
            {
                return Outcome is FileImportOutcome.Done ? "The file has no rows." : "Nothing of the file is stored.";
            }

            string before = Progress.AlreadyStored > 0 ? $", {Words.Number(Progress.AlreadyStored)} {(Progress.AlreadyStored == 1 ? "was" : "were")} stored already" : "";
            string rejected = Progress.Rejected > 0 ? $", {Words.Number(Progress.Rejected)} {(Progress.Rejected == 1 ? "was rejected and kept with its" : "were rejected and kept with their")} reasons" : "";
            string end = Outcome is FileImportOutcome.Done ? "" : $" Everything up to row {Words.Number(Progress.LastRow)} is stored.";
            return $"{Words.Count(Progress.Stored, "row")} stored{before}{rejected}, in {Words.Number(Progress.Batches)} {(Progress.Batches == 1 ? "batch" : "batches")}.{end}";
        }
    }
}
