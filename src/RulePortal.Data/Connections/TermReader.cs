using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Connections;

/// <summary>Reads the dictionary within one read, through the cache.</summary>
internal sealed class TermReader(PortalDbContext db, TermCache cache)
{
    private const int IdsAtOnce = 500;

    private readonly Dictionary<int, string> texts = [];

    /// <summary>The id of a text, or null when no row has it.</summary>
    public async ValueTask<int?> IdAsync(string text, CancellationToken cancellationToken)
    {
        if (ConnectionTerm.TryEncode(text) is not { } utf8)
        {
            return null;
        }

        if (cache.TryGetId(utf8, out var known))
        {
            return known;
        }

        var id = await db.ConnectionTerms.Where(term => term.Utf8 == utf8).Select(term => (int?)term.Id).SingleOrDefaultAsync(cancellationToken);
        if (id is { } found)
        {
            cache.Add([new(utf8, found)]);
        }

        return id;
    }

    /// <summary>The text of an id that was loaded.</summary>
    public string Text(int id) => texts[id];

    /// <summary>Makes texts ready.</summary>
    public async Task LoadAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        var missing = new List<int>();
        foreach (var id in ids.Distinct())
        {
            if (texts.ContainsKey(id))
            {
                continue;
            }

            if (cache.TryGetText(id, out var text))
            {
                texts.Add(id, text);
            }
            else
            {
                missing.Add(id);
            }
        }

        foreach (var some in missing.Chunk(IdsAtOnce))
        {
            foreach (var term in await db.ConnectionTerms.AsNoTracking().Where(term => some.Contains(term.Id)).Select(term => new { term.Id, term.Text }).BoundedBy("terms asked for by id").ToListAsync(cancellationToken))
            {
                texts.Add(term.Id, term.Text);
                cache.AddText(term.Id, term.Text);
            }
        }
    }
}
