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
