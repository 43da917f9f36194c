using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Rules;
using RulePortal.Web.Features.Demo.Generator;

namespace RulePortal.Web.Features.Demo;

/// <summary>The demo's view of the store: whose it is, how far it is filled, and more of it.</summary>
internal sealed class DemoStore(IDbContextFactory<PortalDbContext> contexts, ConnectionImporter importer)
{
    private readonly DemoConnections generator = new();

    /// <summary>Who began the store. Its first batch decides, so a demo stays one whatever is imported later.</summary>
    public async Task<StoreContent> ContentAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var first = await db.ConnectionBatches.AsNoTracking().OrderBy(batch => batch.Seq).Select(batch => (BatchOrigin?)batch.Origin).FirstOrDefaultAsync(cancellationToken);
        return first switch
        {
            null => StoreContent.Nothing,
            BatchOrigin.Demo => StoreContent.Generated,
            _ => StoreContent.Real,
        };
    }

    /// <summary>The minute up to which generated records are stored, or null when there are none. UTC.</summary>
    public async Task<DateTime?> FilledToAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await db.ConnectionBatches.Where(batch => batch.Origin == BatchOrigin.Demo).MaxAsync(batch => batch.NewestUtc, cancellationToken);
        return newest?.AddMinutes(1);
    }

    /// <summary>Has the rules that nothing was planned for yet evaluated from an instant on.</summary>
    public async Task EvaluateFromAsync(DateTime instantUtc, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var rule in await db.AnalyticsRules.Where(rule => rule.Enabled && rule.PlannedToUtc == null).OrderBy(rule => rule.Name).Take(RuleStore.MostRules).ToListAsync(cancellationToken))
        {
            rule.EvaluateFrom(instantUtc);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Generates and stores the minutes of a span, one batch a week of it.</summary>
    /// <returns>The records stored.</returns>
    public async Task<int> FillAsync(DateTime fromUtc, DateTime toUtc, CancellationToken cancellationToken)
    {
        var stored = 0;
        for (var from = fromUtc; from < toUtc;)
        {
            var nextWeek = from.Date.AddDays(7);
            var to = nextWeek < toUtc ? nextWeek : toUtc;
            var facts = new BatchFacts(BatchOrigin.Demo, Actor.System)
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"demo {from:yyyy-MM-ddTHH:mm}/{to:yyyy-MM-ddTHH:mm}"),
                FileName = string.Create(CultureInfo.InvariantCulture, $"generated {from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm} UTC"),
            };
            var result = await importer.ImportAsync(facts, generator.Between(from, to).ToAsyncEnumerable(), cancellationToken);
            if (result.Status is BatchStatus.Refused or BatchStatus.Conflict)
            {
                throw new InvalidOperationException($"The generated records of '{facts.Key}' were not taken: {result.Status}.");
            }

            stored += result.Status is BatchStatus.Stored ? result.Stored : 0;
            from = to;
        }

        return stored;
    }
}

/// <summary>Whose connections a store holds.</summary>
internal enum StoreContent
{
    /// <summary>None.</summary>
    Nothing,

    /// <summary>A demo began it.</summary>
    Generated,

    /// <summary>Somebody's own.</summary>
    Real,
}
