namespace RulePortal.Detection.Connections;

/// <summary>Knows where rows are and where there are none.</summary>
public interface IRowPresence
{
    /// <summary>Whether the range has any row at all, of whatever direction and country.</summary>
    Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken);
}
