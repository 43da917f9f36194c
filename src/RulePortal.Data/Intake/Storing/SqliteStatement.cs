using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RulePortal.Data.Intake.Storing;

/// <summary>A prepared statement of SQLite without the layers above it: no parameter objects and no boxing, which halves the cost of an insert.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    public SqliteStatement Bind(int index, long value)
    {
        raw.sqlite3_bind_int64(statement, index, value);
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        if (value is { } number)
        {
            raw.sqlite3_bind_int64(statement, index, number);
        }
        else
        {
            raw.sqlite3_bind_null(statement, index);
        }

        return this;
    }

    /// <summary>Binds a real number by its bits.</summary>
    public SqliteStatement BindReal(int index, long? bits)
    {
        if (bits is { } number)
        {
            raw.sqlite3_bind_double(statement, index, BitConverter.Int64BitsToDouble(number));
        }
        else
        {
            raw.sqlite3_bind_null(statement, index);
        }

        return this;
    }

    public SqliteStatement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        raw.sqlite3_bind_text(statement, index, utf8);
        return this;
    }

    public SqliteStatement BindText(int index, string text)
    {
        raw.sqlite3_bind_text(statement, index, text);
        return this;
    }

    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> bytes)
    {
        raw.sqlite3_bind_blob(statement, index, bytes);
        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        raw.sqlite3_bind_null(statement, index);
        return this;
    }

    /// <summary>Runs a statement that answers nothing.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        Check(code);
    }

    /// <summary>Runs a query and gives the first column of its first row, or null.</summary>
    public long? Scalar()
    {
        var code = raw.sqlite3_step(statement);
        long? value = code is raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : null;
        raw.sqlite3_reset(statement);
        Check(code);
        return value;
    }

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new SqliteException($"SQLite error {code}: {raw.sqlite3_errmsg(database).utf8_to_string()}", code & 0xFF, code);
        }
    }
}
