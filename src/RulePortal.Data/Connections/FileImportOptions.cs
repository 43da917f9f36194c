using RulePortal.Data.Auditing;

namespace RulePortal.Data.Connections;

/// <summary>How a file is imported.</summary>
/// <param name="Origin">Which way it comes in.</param>
/// <param name="Actor">Who brings it.</param>
public sealed record FileImportOptions(BatchOrigin Origin, Actor Actor)
{
    /// <summary>Rows of a batch unless set.</summary>
    public const int DefaultBatchRows = 50_000;

    /// <summary>The file's own name, for people.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether good rows are stored although there are bad ones, which are kept with their reasons.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Rows of a batch. A file that was imported before is cut as it was cut then.</summary>
    /// <value>1 to 1,000,000; 50,000 unless set.</value>
    public int BatchRows { get; init; } = DefaultBatchRows;
}
