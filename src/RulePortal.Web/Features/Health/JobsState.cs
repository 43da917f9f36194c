namespace RulePortal.Web.Features.Health;

/// <summary>The job scheduler's workers and what became of its jobs.</summary>
/// <param name="Nodes">Processes that have workers, by name.</param>
/// <param name="Waiting">Jobs queued.</param>
/// <param name="Running">Jobs running.</param>
/// <param name="FailedToday">Jobs that failed within a day; the ledger has their windows evaluated again all the same.</param>
/// <param name="LastFailure">What the last of them was about, or null.</param>
public sealed record JobsState(IReadOnlyList<JobsState.Node> Nodes, long Waiting, long Running, int FailedToday, string? LastFailure)
{
    /// <param name="Name">The machine.</param>
    /// <param name="Workers">Its workers.</param>
    /// <param name="HeartbeatUtc">When it last said that it lives, or null. UTC.</param>
    public sealed record Node(string Name, int Workers, DateTime? HeartbeatUtc);
}
