using Microsoft.EntityFrameworkCore;
using RulePortal.Data;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>A store that a test can make slow or unreachable.</summary>
internal sealed class GatedStore(DbContextOptions<PortalDbContext> options) : IDbContextFactory<PortalDbContext>
{
    private const int All = 1000;

    private SemaphoreSlim? gate;

    public bool Fails { get; set; }

    /// <summary>Whoever asks from now on waits for <see cref="Open"/> or <see cref="LetOneIn"/>.</summary>
    public void Close() => gate = new SemaphoreSlim(0);

    public void LetOneIn() => gate!.Release();

    public void Open()
    {
        gate!.Release(All);
        gate = null;
    }

    public PortalDbContext CreateDbContext() => Fails ? throw new InvalidOperationException("The store is away.") : new PortalDbContext(options);

    public async Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        await (gate?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return CreateDbContext();
    }
}
