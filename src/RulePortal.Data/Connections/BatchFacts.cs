using RulePortal.Data.Auditing;

namespace RulePortal.Data.Connections;

/// <summary>What is known of a batch beside its rows.</summary>
/// <param name="Origin">Which way it comes in.</param>
/// <param name="Actor">Who brings it.</param>
public sealed record BatchFacts(BatchOrigin Origin, Actor Actor)
{
    /// <summary>The idempotency key; null takes the content's hash.</summary>
    /// <value>1 to 200 characters.</value>
    public string? Key { get; init; }

    /// <summary>The file's own name, for people.</summary>
    /// <value>Cut at 300 characters.</value>
    public string? FileName { get; init; }

    /// <summary>Whether good rows are stored although there are bad ones, which are kept with their reasons.</summary>
    public bool SkipBadRows { get; init; }
}
