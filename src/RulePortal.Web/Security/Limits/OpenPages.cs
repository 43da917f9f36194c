using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace RulePortal.Web.Security.Limits;

/// <summary>How many pages one person has open, in all their sessions and on this node: each holds what it shows in memory.</summary>
internal sealed class OpenPages(IOptions<LimitSettings> settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(person => RateLimitPartition.GetConcurrencyLimiter(
        person, _ => new ConcurrencyLimiterOptions { PermitLimit = settings.Value.PagesPerPerson, QueueLimit = 0 }));

    public RateLimitLease Open(string person) => limiter.AttemptAcquire(person);

    public void Dispose() => limiter.Dispose();
}

/// <summary>The page of one circuit, open until the circuit is gone.</summary>
public sealed class OpenPage : IDisposable
{
    private readonly OpenPages pages;
    private RateLimitLease? lease;

    internal OpenPage(OpenPages pages) => this.pages = pages;

    /// <summary>Whether the person may have one more page.</summary>
    public bool TryOpen(string person) => (lease ??= pages.Open(person)).IsAcquired;

    public void Dispose() => lease?.Dispose();
}
