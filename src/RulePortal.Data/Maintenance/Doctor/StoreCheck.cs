namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>One invariant of the store and how it is proved: by reading alone, in memory that does not grow with the rows.</summary>
/// <param name="Name">Its name, as <c>table.what</c>.</param>
/// <param name="Promise">What holds when it finds nothing.</param>
/// <param name="Find">Finds the faults.</param>
internal sealed record StoreCheck(string Name, string Promise, Func<CheckContext, CancellationToken, IAsyncEnumerable<StoreFault>> Find)
{
    /// <summary>Why only an embedded database is asked, or null when every one is.</summary>
    public string? EmbeddedOnly { get; init; }
}
