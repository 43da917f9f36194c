using System.Data;
using System.Data.Common;

namespace RulePortal.Data.Tests.SqlServer;

internal sealed class CapturingTransaction(CapturingConnection connection, IsolationLevel isolationLevel) : DbTransaction
{
    public override IsolationLevel IsolationLevel => isolationLevel;

    protected override DbConnection DbConnection => connection;

    public override bool SupportsSavepoints => true;

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }

    public override void Save(string savepointName)
    {
    }

    public override void Rollback(string savepointName)
    {
    }

    public override void Release(string savepointName)
    {
    }
}
