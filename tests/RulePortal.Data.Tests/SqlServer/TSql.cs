using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace RulePortal.Data.Tests.SqlServer;

/// <summary>SQL Server 2022's grammar.</summary>
internal static class TSql
{
    /// <summary>What the grammar objects to; empty when nothing.</summary>
    public static IReadOnlyList<string> Faults(string script)
    {
        Parse(script, out var errors);
        return [.. errors.Select(error => $"line {error.Line}: {error.Message} in {script}")];
    }

    /// <summary>What a login that may only read and write rows cannot run; empty when nothing.</summary>
    public static IReadOnlyList<string> BeyondRows(string script)
    {
        var visitor = new RowRights();
        Parse(script, out _).Accept(visitor);
        return [.. visitor.Refused.Select(statement => $"{statement} in {script}")];
    }

    private static TSqlFragment Parse(string script, out IList<ParseError> errors)
    {
        using var reader = new StringReader(script);
        return new TSql160Parser(initialQuotedIdentifiers: true, SqlEngineType.Standalone).Parse(reader, out errors);
    }

    private sealed class RowRights : TSqlFragmentVisitor
    {
        public List<string> Refused { get; } = [];

        public override void Visit(TSqlStatement node)
        {
            if (!Allows(node))
            {
                Refused.Add(node.GetType().Name);
            }
        }

        private static bool Allows(TSqlStatement statement) => statement switch
        {
            SelectStatement or InsertStatement or UpdateStatement or DeleteStatement or MergeStatement => true,
            DeclareVariableStatement or DeclareTableVariableStatement or SetVariableStatement or PredicateSetStatement => true,
            IfStatement or WhileStatement or BeginEndBlockStatement or ThrowStatement or SetTransactionIsolationLevelStatement => true,
            TransactionStatement => true,
            CreateTableStatement create => IsTemporary(create.SchemaObjectName),
            TruncateTableStatement truncate => IsTemporary(truncate.TableName),
            ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableProcedureReference procedure } =>
                procedure.ProcedureReference.ProcedureReference.Name.BaseIdentifier.Value == "sp_getapplock",
            _ => false,
        };

        private static bool IsTemporary(SchemaObjectName name) => name.BaseIdentifier.Value.StartsWith('#');
    }
}
