namespace RulePortal.Data.Intake.Formats;

/// <summary>How large a record may be, and how far ahead.</summary>
internal static class RecordLimits
{
    /// <summary>Most characters of one row's Details, the JSON object of every column that is not stored by itself.</summary>
    /// <value>16,000.</value>
    public const int MaxDetailsLength = 16_000;

    /// <summary>Most bytes of one record as it comes.</summary>
    /// <value>1 MiB.</value>
    public const int MaxRecordBytes = 1 << 20;

    /// <summary>Most columns of one record.</summary>
    /// <value>500.</value>
    public const int MaxColumns = 500;

    /// <summary>Furthest that TimeGenerated may lie ahead of the clock.</summary>
    /// <value>1 hour.</value>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(1);
}
