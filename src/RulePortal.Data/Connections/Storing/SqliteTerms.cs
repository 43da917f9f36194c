using Microsoft.Data.Sqlite;
using RulePortal.Data.Connections.Parsing;

namespace RulePortal.Data.Connections.Storing;

/// <summary>The dictionary table of one batch on SQLite: from the spool's numbers to ids, each text looked up or made once.</summary>
internal sealed class SqliteTerms(SqliteConnection connection, TermCache known) : IDisposable
{
    private const int RememberedTexts = 100_000;

    private readonly SqliteStatement _select = new(connection, """SELECT "Id" FROM "ConnectionTerms" WHERE "Utf8" = ?1""");
    private readonly SqliteStatement _insert = new(connection, """INSERT INTO "ConnectionTerms" ("Utf8", "Text") VALUES (?1, ?2) RETURNING "Id" """);
    private readonly Dictionary<byte[], int> _found = new(Utf8Comparer.Instance);
    private readonly int[] _ids = new int[SpoolWriter.DictionaryCapacity + 1];
    private int _generation;

    /// <summary>What was not known before, up to a bound.</summary>
    public IReadOnlyDictionary<byte[], int> Found => _found;

    /// <summary>Gives the ids of the current row's texts.</summary>
    public void Resolve(SpoolReader spool, Span<int> ids)
    {
        if (_generation != spool.Generation)
        {
            Array.Clear(_ids);
            _generation = spool.Generation;
        }

        ReadOnlySpan<int> numbers = spool.Texts;
        for (int i = 0; i < ids.Length; i++)
        {
            ref int id = ref _ids[numbers[i]];
            if (id is 0)
            {
                id = IdOf(spool.Utf8(numbers[i]));
            }

            ids[i] = id;
        }
    }

    public void Dispose()
    {
        _select.Dispose();
        _insert.Dispose();
    }

    private int IdOf(byte[] utf8)
    {
        if (known.TryGetId(utf8, out int id) || _found.TryGetValue(utf8, out id))
        {
            return id;
        }

        id = (int)(_select.BindBlob(1, utf8).Scalar() ?? _insert.BindBlob(1, utf8).BindText(2, utf8.AsSpan()).Scalar())!.Value;
        if (_found.Count < RememberedTexts)
        {
            _found.Add(utf8, id);
        }

        return id;
    }
}
