using System.Collections;
using System.Data.Common;

namespace RulePortal.Data.Tests.SqlServer;

/// <summary>Result sets of invented values: ones, and texts that say so. An aggregate has a row even over nothing: a zero, or null.</summary>
internal sealed class InventedReader(string statement, int rows) : DbDataReader
{
    private const int MostResults = 20;

    private static readonly string[] Aggregates = ["SELECT COUNT", "SELECT MAX", "SELECT MIN", "SELECT SUM", "SELECT CASE", "SELECT COALESCE"];

    private readonly bool _isNull = rows is 0 && !statement.StartsWith("SELECT COUNT", StringComparison.Ordinal) && !statement.StartsWith("SELECT CASE", StringComparison.Ordinal)
        && !statement.StartsWith("SELECT COALESCE", StringComparison.Ordinal);
    private readonly int _number = rows is 0 ? 0 : 1;
    private readonly int _rows = Array.Exists(Aggregates, start => statement.StartsWith(start, StringComparison.Ordinal)) ? 1 : rows;
    private int _read;
    private int _results;

    public override int Depth => 0;

    public override int FieldCount => 100;

    public override bool HasRows => _rows > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => rows;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(0);

    public override bool GetBoolean(int ordinal) => rows > 0;

    public override byte GetByte(int ordinal) => 1;

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => 0;

    public override char GetChar(int ordinal) => '1';

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => 0;

    public override string GetDataTypeName(int ordinal) => "int";

    public override DateTime GetDateTime(int ordinal) => Invented.Now;

    public override decimal GetDecimal(int ordinal) => 1;

    public override double GetDouble(int ordinal) => 1;

    public override Type GetFieldType(int ordinal) => typeof(int);

    public override float GetFloat(int ordinal) => 1;

    public override Guid GetGuid(int ordinal) => Guid.Empty;

    public override short GetInt16(int ordinal) => 1;

    public override int GetInt32(int ordinal) => _number;

    public override long GetInt64(int ordinal) => _number;

    public override string GetName(int ordinal) => $"c{ordinal}";

    public override int GetOrdinal(string name) => 0;

    public override string GetString(int ordinal) => "invented";

    public override object GetValue(int ordinal) => 1;

    public override int GetValues(object[] values) => 0;

    public override bool IsDBNull(int ordinal) => _isNull;

    public override T GetFieldValue<T>(int ordinal) => (T)(typeof(T) == typeof(byte[]) ? (object)new byte[] { 1 } : Invented.Value(typeof(T), filled: true)!);

    public override bool NextResult()
    {
        // A strategy that tries again reads every result there is into memory before the first is used.
        _read = 0;
        return ++_results < MostResults;
    }

    public override bool Read() => _read++ < _rows;

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();
}
