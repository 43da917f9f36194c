using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace RulePortal.Data.Tests.SqlServer;

/// <summary>A connection to nowhere that notes every statement and answers each result set with a number of invented rows.</summary>
internal sealed class CapturingConnection(int rows) : DbConnection
{
    private ConnectionState _state = ConnectionState.Closed;

    public List<string> Statements { get; } = [];

    public int Rows { get; } = rows;

    [AllowNull]
    public override string ConnectionString { get; set; } = "Server=nowhere;Database=none";

    public override string Database => "none";

    public override string DataSource => "nowhere";

    public override string ServerVersion => "16.00.0000";

    public override ConnectionState State => _state;

    public override void ChangeDatabase(string databaseName)
    {
    }

    public override void Close() => _state = ConnectionState.Closed;

    public override void Open() => _state = ConnectionState.Open;

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new CapturingTransaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new CapturingCommand(this);
}
