using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace RulePortal.Data.Tests.SqlServer;

/// <summary>SQL Server 2022's grammar.</summary>
internal static class TSql
{
    /// <summary>What the grammar objects to; empty when nothing.</summary>
    public static IReadOnlyList<string> Faults(string script)
    {
        using var reader = new StringReader(script);
        new TSql160Parser(initialQuotedIdentifiers: true, SqlEngineType.Standalone).Parse(reader, out IList<ParseError> errors);
        return [.. errors.Select(error => $"line {error.Line}: {error.Message} in {script}")];
    }
}
