using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RulePortal.Data.Connections;

/// <summary>A query that is asked a thousand times with other values: translated and prepared once, since translating costs more than the answer.</summary>
internal sealed class RepeatedQuery : IAsyncDisposable
{
    private readonly DbCommand command;
    private readonly List<(DbParameter Parameter, int Variable)> parameters = [];

    /// <summary>Takes the statement and its parameters from a query.</summary>
    /// <param name="db">The context, in the transaction of the read.</param>
    /// <param name="query">A query over variables that hold -1, -2, -3 and so on: by that a parameter's variable is known, whatever it is called.</param>
    public RepeatedQuery(PortalDbContext db, IQueryable query)
    {
        command = query.CreateDbCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (DbParameter parameter in command.Parameters)
        {
            if (Convert.ToInt64(parameter.Value, CultureInfo.InvariantCulture) is var number and < 0)
            {
                parameters.Add((parameter, (int)-number - 1));
            }
        }
    }

    /// <summary>Runs it.</summary>
    /// <param name="values">A value for each variable, in their order.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DbDataReader> ReadAsync(ReadOnlySpan<long> values, CancellationToken cancellationToken)
    {
        foreach (var (parameter, variable) in parameters)
        {
            parameter.Value = parameter.DbType is System.Data.DbType.Int32 ? (object)(int)values[variable] : values[variable];
        }

        return command.ExecuteReaderAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => command.DisposeAsync();
}
