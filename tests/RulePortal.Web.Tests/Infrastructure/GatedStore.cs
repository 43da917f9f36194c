using Microsoft.EntityFrameworkCore;
using RulePortal.Data;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>A store that a test can make slow or unreachable.</summary>
internal sealed class GatedStore(DbContextOptions<PortalDbContext> options) : IDbContextFactory<PortalDbContext>
{
    private TaskCompletionSource? gate;

    public bool Fails { get; set; }

    /// <summary>Whoever asks from now on waits for <see cref="Open"/>.</summary>
    public void Close() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => gate?.SetResult();

    public PortalDbContext CreateDbContext() => Fails ? throw new InvalidOperationException("The store is away.") : new PortalDbContext(options);

    public async Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        await (gate?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return CreateDbContext();
    }
}
