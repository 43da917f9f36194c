using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Tests.Stores;

/// <summary>A store in which somebody else does something at the moment before the first write.</summary>
internal sealed class OvertakenStore(TestStore store, Func<Task> deed) : IDbContextFactory<PortalDbContext>
{
    private bool done;

    public PortalDbContext CreateDbContext()
    {
        PortalDbContext db = store.CreateDbContext();
        db.SavingChanges += (_, _) =>
        {
            if (!done)
            {
                done = true;
                Task.Run(deed).Wait();
            }
        };
        return db;
    }
}
