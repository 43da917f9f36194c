using Hangfire;

namespace RulePortal.Web.Features.Health;

internal sealed class HangfireJobs(IServiceProvider services, TimeProvider time) : IJobMonitor
{
    private const int Looked = 50;

    public JobsState Read()
    {
        // Asked for when it is needed: it cannot be made while its database is away.
        var monitor = services.GetRequiredService<JobStorage>().GetMonitoringApi();
        var since = time.GetUtcNow().UtcDateTime.AddDays(-1);
        var statistics = monitor.GetStatistics();
        var failed = monitor.FailedJobs(0, Looked).Where(job => job.Value?.FailedAt >= since).OrderByDescending(job => job.Value.FailedAt).ToList();
        // One process has a server for each of its queues: machine:queue:process:id.
        var nodes = monitor.Servers()
            .GroupBy(server => Machine(server.Name), StringComparer.Ordinal)
            .Select(node => new JobsState.Node(node.Key, node.Sum(server => server.WorkersCount), node.Max(server => server.Heartbeat)))
            .OrderBy(node => node.Name, StringComparer.Ordinal);
        return new([.. nodes], statistics.Enqueued, statistics.Processing, failed.Count, failed.FirstOrDefault().Value?.Reason);
    }

    private static string Machine(string server)
    {
        var parts = server.Split(':');
        return parts.Length >= 3 ? $"{parts[0]}, process {parts[2]}" : parts[0];
    }
}

/// <summary>What the job scheduler says of its workers.</summary>
internal interface IJobMonitor
{
    JobsState Read();
}

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
