using System.Threading.RateLimiting;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Security.Limits;

/// <summary>
/// Something costly of which there is only so much at once. One caller may hold a part of it and wait for more; what becomes free goes to whoever waits
/// longest with less than their part, so that nobody starves the others.
/// </summary>
internal abstract class Turns : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter;

    /// <param name="atOnce">How many at once in all.</param>
    /// <param name="ofOne">How many of one caller.</param>
    /// <param name="waiting">How many more of one caller may wait; those beyond are refused.</param>
    protected Turns(int atOnce, int ofOne, int waiting) => limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(caller => Partition(caller, ofOne, waiting)),
        // Nobody waits here with more than one caller's part, so the queue is as long as there are callers.
        PartitionedRateLimiter.Create<string, string>(_ => Partition("", atOnce, int.MaxValue)));

    /// <summary>Waits for a turn, which ends when the lease is disposed; the lease is not acquired when too many of this caller wait already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(string caller, CancellationToken cancellationToken) => limiter.AcquireAsync(caller, 1, cancellationToken);

    public void Dispose() => limiter.Dispose();

    private static RateLimitPartition<string> Partition(string key, int permits, int queue) => RateLimitPartition.GetConcurrencyLimiter(
        key, _ => new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}

/// <summary>Evaluations that somebody asks for: rule tests, simulations, replays.</summary>
internal sealed class EvaluationTurns() : Turns(atOnce: 8, ofOne: 1, waiting: 16);

/// <summary>Files of a whole list.</summary>
internal sealed class ExportTurns() : Turns(atOnce: 8, ofOne: 2, waiting: 4);

internal static class TurnsRegistration
{
    private const string RetryAfterSeconds = "5";

    /// <summary>Has an endpoint wait for its caller's turn, which lasts until it has answered.</summary>
    public static RouteHandlerBuilder InTurn<T>(this RouteHandlerBuilder endpoint)
        where T : Turns => endpoint
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var turn = await http.RequestServices.GetRequiredService<T>().EnterAsync(RequestLimits.CallerOf(http), http.RequestAborted);
            http.Response.RegisterForDispose(turn);
            if (turn.IsAcquired)
            {
                return await next(context);
            }

            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Problems.Of(
                StatusCodes.Status429TooManyRequests, "Too many requests at once", "Too many requests of this caller wait already. Try again in a few seconds.");
        });
}
