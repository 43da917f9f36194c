using Microsoft.Data.Sqlite;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Spooling;

namespace RulePortal.Data.Intake.Storing;

/// <summary>The dictionary table of one batch on SQLite: from the spool's numbers to ids, each text looked up or made once.</summary>
internal sealed class SqliteTerms(SqliteConnection connection, TermCache known) : IDisposable
{
    private const int RememberedTexts = 100_000;

    private readonly SqliteStatement select = new(connection, """SELECT "Id" FROM "ConnectionTerms" WHERE "Utf8" = ?1""");
    private readonly SqliteStatement insert = new(connection, """INSERT INTO "ConnectionTerms" ("Utf8", "Text") VALUES (?1, ?2) RETURNING "Id" """);
    private readonly Dictionary<byte[], int> found = new(Utf8Comparer.Instance);
    private readonly int[] idOf = new int[SpoolWriter.DictionaryCapacity + 1];
    private int generation;

    /// <summary>What was not known before, up to a bound.</summary>
    public IReadOnlyDictionary<byte[], int> Found => found;

    /// <summary>Gives the ids of the current row's texts.</summary>
    public void Resolve(SpoolReader spool, Span<int> ids)
    {
        if (generation != spool.Generation)
        {
            Array.Clear(idOf);
            generation = spool.Generation;
        }

        var numbers = spool.Texts;
        for (var i = 0; i < ids.Length; i++)
        {
            ref var id = ref idOf[numbers[i]];
            if (id == 0)
            {
                id = IdOf(spool.Utf8(numbers[i]));
            }

            ids[i] = id;
        }
    }

    public void Dispose()
    {
        select.Dispose();
        insert.Dispose();
    }

    private int IdOf(byte[] utf8)
    {
        if (known.TryGetId(utf8, out var id) || found.TryGetValue(utf8, out id))
        {
            return id;
        }

        id = (int)(select.BindBlob(1, utf8).Scalar() ?? insert.BindBlob(1, utf8).BindText(2, utf8.AsSpan()).Scalar())!.Value;
        if (found.Count < RememberedTexts)
        {
            found.Add(utf8, id);
        }

        return id;
    }
}
