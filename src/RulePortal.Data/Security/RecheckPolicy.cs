namespace RulePortal.Data.Security;

/// <summary>How often the identity provider is asked whether a session's roles still hold.</summary>
/// <param name="Interval">How long an answer counts.</param>
/// <param name="Grace">How much longer it counts while the identity provider does not answer.</param>
public sealed record RecheckPolicy(TimeSpan Interval, TimeSpan Grace)
{
    /// <summary>How long after a failure it is asked again.</summary>
    public TimeSpan Retry { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one process may take to ask before another one does.</summary>
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);
}
