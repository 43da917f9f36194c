using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Auditing;

/// <summary>Reads the chain in pages, so that its length matters to nobody.</summary>
internal static class AuditPages
{
    private const int AtOnce = 1000;

    /// <summary>Sealed entries after a position, in the order of the chain.</summary>
    public static async IAsyncEnumerable<AuditEntry> AfterAsync(PortalDbContext db, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long id = 0;
        var isFirst = true;
        while (true)
        {
            // By id as well: a position that two entries hold must not fall between two pages.
            var page = await db.AuditEntries.AsNoTracking()
                .Where(entry => entry.Position > position || (!isFirst && entry.Position == position && entry.Id > id))
                .OrderBy(entry => entry.Position)
                .ThenBy(entry => entry.Id)
                .Take(AtOnce)
                .ToListAsync(cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < AtOnce)
            {
                yield break;
            }

            (position, id, isFirst) = (page[^1].Position!.Value, page[^1].Id, false);
        }
    }
}
