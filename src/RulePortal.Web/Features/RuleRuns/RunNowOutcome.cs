namespace RulePortal.Web.Features.RuleRuns;

internal enum RunNowOutcome
{
    /// <summary>At least one window was evaluated.</summary>
    Ran = 0,

    /// <summary>Another worker has the window.</summary>
    AlreadyRunning = 1,

    /// <summary>The rule is disabled.</summary>
    Disabled = 2,

    /// <summary>There is no such rule.</summary>
    NotFound = 3,

    /// <summary>The rule waits for a person to decide of a window with very many result rows.</summary>
    Held = 4,

    /// <summary>Retention has let go of connections the window looks back on.</summary>
    BeyondRetention = 5,
}
