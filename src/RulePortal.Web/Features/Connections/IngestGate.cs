using System.Threading.RateLimiting;

namespace RulePortal.Web.Features.Connections;

/// <summary>Bounds how many requests are read at once: each has a parser and a temporary file.</summary>
internal sealed class IngestGate : IDisposable
{
    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions { PermitLimit = 8, QueueLimit = 64, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Waits for a place; the lease is not acquired when too many wait already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) => limiter.AcquireAsync(1, cancellationToken);

    public void Dispose() => limiter.Dispose();
}
