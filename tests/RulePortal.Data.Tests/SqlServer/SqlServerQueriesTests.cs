using System.Reflection;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Health;
using RulePortal.Data.Intake;
using RulePortal.Data.Intake.Storing;
using RulePortal.Data.Maintenance.Doctor;
using RulePortal.Data.Maintenance.Retention;

namespace RulePortal.Data.Tests.SqlServer;

/// <summary>Every statement that the Data library can issue against SQL Server is parsed. None is run: no server is at hand.</summary>
public sealed class SqlServerQueriesTests
{
    /// <summary>Methods that write with SqlBulkCopy, which only a real connection has, or that go on until nothing is left; their statements are parsed below.</summary>
    private static readonly HashSet<string> Bulk = ["RetentionSweep.RunAsync", "ConnectionImporter.ImportAsync", "ConnectionImporter.StoreAsync", "FileImporter.ImportAsync"];

    /// <summary>A simulator refuses an invented rule; what it asks a history is parsed below.</summary>
    public static TheoryData<Type> QueryClasses => [.. typeof(PortalDbContext).Assembly.GetExportedTypes().Where(type => Invented.Takes(type) && type != typeof(RuleSimulator))];

    public static TheoryData<RetentionPart> RetentionParts => [.. Enum.GetValues<RetentionPart>()];

    [Fact]
    public void QueryClasses_WholeLibrary_AreFound() => Assert.True(QueryClasses.Count >= 8);

    [Theory]
    [MemberData(nameof(QueryClasses))]
    public async Task EveryMethod_AgainstSqlServer_IssuesStatementsThatParse(Type type)
    {
        foreach (MethodInfo method in Methods(type).Where(method => !Bulk.Contains($"{type.Name}.{method.Name}")))
        {
            var statements = new List<string>();
            foreach ((int rows, bool filled) in new[] { (0, false), (0, true), (1, false), (1, true) })
            {
                var contexts = new CapturingContexts(rows);
                await RunAsync(Invented.Service(type, contexts), method, filled, mayThrow: rows > 0);
                statements.AddRange(contexts.Connection.Statements);
            }

            Assert.True(statements.Count > 0, $"{type.Name}.{method.Name} issued no statement.");
            Assert.Empty(statements.Distinct().SelectMany(Faults));
        }
    }

    [Fact]
    public async Task EveryQuestionOfAHistory_AgainstSqlServer_IssuesStatementsThatParse()
    {
        foreach (MethodInfo method in Methods(typeof(ConnectionSnapshot)).Where(method => method.Name is not nameof(IAsyncDisposable.DisposeAsync)))
        {
            var contexts = new CapturingContexts(rows: 1);
            await using ConnectionSnapshot history = await ((ConnectionSnapshots)Invented.Service(typeof(ConnectionSnapshots), contexts)).OpenAsync(default);
            contexts.Connection.Statements.Clear();

            await RunAsync(history, method, filled: true, mayThrow: false);

            Assert.True(contexts.Connection.Statements.Count > 0, $"{method.Name} issued no statement.");
            Assert.Empty(contexts.Connection.Statements.SelectMany(Faults));
        }
    }

    [Fact]
    public async Task EveryCheckOfTheDoctor_AgainstSqlServer_IssuesStatementsThatParse()
    {
        foreach (StoreCheck check in StoreDoctor.Checks.Where(check => check.EmbeddedOnly is null))
        {
            foreach (int rows in new[] { 0, 1 })
            {
                var contexts = new CapturingContexts(rows);
                var doctor = (StoreDoctor)Invented.Service(typeof(StoreDoctor), contexts);
                try
                {
                    await doctor.RunAsync(check, default);
                }
                catch (Exception error) when (rows > 0 && !error.Message.Contains("could not be translated", StringComparison.Ordinal)
            // A transaction that is begun outside of a unit that can be tried again.
            && !error.Message.Contains("user-initiated", StringComparison.Ordinal))
                {
                    // Invented rows are there to reach later statements, not to make sense.
                }

                Assert.True(contexts.Connection.Statements.Count > 0, $"{check.Name} issued no statement.");
                Assert.Empty(contexts.Connection.Statements.Distinct().SelectMany(Faults));
            }
        }
    }

    [Theory]
    [MemberData(nameof(RetentionParts))]
    public async Task EveryPartOfRetention_AgainstSqlServer_IssuesStatementsThatParse(RetentionPart part)
    {
        foreach (int rows in new[] { 0, 1 })
        {
            var contexts = new CapturingContexts(rows);
            using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(rows is 0 ? 60 : 1));
            var run = new RetentionRun(contexts, ConnectionDialect.SqlServer, TimeProvider.System);
            try
            {
                await RetentionRemoval.OfAsync(run, part, Invented.Now, enough.Token);
            }
            catch (Exception error) when (rows > 0 && !error.Message.Contains("could not be translated", StringComparison.Ordinal)
            // A transaction that is begun outside of a unit that can be tried again.
            && !error.Message.Contains("user-initiated", StringComparison.Ordinal))
            {
                // Invented rows never end, and need not make sense.
            }

            Assert.True(contexts.Connection.Statements.Count > rows, $"{part} issued too few statements.");
            Assert.Empty(contexts.Connection.Statements.Distinct().SelectMany(Faults));
        }
    }

    [Fact]
    public void BulkStatements_All_Parse()
    {
        List<string> statements = [.. typeof(SqlServerSql).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

        Assert.NotEmpty(statements);
        Assert.Empty(statements.SelectMany(Faults));
    }

    [Fact]
    public void SizeOfTheStore_Parses() => Assert.Empty(Faults(StoreSizeSql.SqlServer));

    [Theory]
    [InlineData("SELECT TOP(1) FROM WHERE [x] = ")]
    [InlineData("TRUNCATE TABLE [Connections]")]
    [InlineData("SET IDENTITY_INSERT [Alerts] ON")]
    [InlineData("IF 1 = 1 DISABLE TRIGGER ALL ON [AuditEntries]")]
    [InlineData("EXEC sp_configure")]
    public void Faults_BrokenStatementOrOneThatNeedsMoreThanRows_AreSeen(string statement) => Assert.NotEmpty(Faults(statement));

    /// <summary>A serving portal's login may read and write rows, and nothing else: see docker/create-logins.sql.</summary>
    private static IEnumerable<string> Faults(string statement) => [.. TSql.Faults(statement), .. TSql.BeyondRows(statement)];

    private static IEnumerable<MethodInfo> Methods(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.ReturnType.IsGenericType || method.ReturnType == typeof(Task));

    /// <summary>Calls a method with invented arguments and sees its result through to the end.</summary>
    /// <param name="service">The instance.</param>
    /// <param name="method">What to call.</param>
    /// <param name="filled">Whether arguments that may be null or empty are not.</param>
    /// <param name="mayThrow">Whether it may fail: rows of invented values are there to reach later statements, not to make sense.</param>
    private static async Task RunAsync(object service, MethodInfo method, bool filled, bool mayThrow)
    {
        object?[] arguments = [.. method.GetParameters().Select(parameter => Invented.Value(parameter.ParameterType, filled))];
        try
        {
            switch (method.Invoke(service, arguments))
            {
                case Task task:
                    await task;
                    break;
                case { } sequence when sequence.GetType().GetInterfaces().FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } face:
                    await (Task)typeof(SqlServerQueriesTests).GetMethod(nameof(DrainAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                        .MakeGenericMethod(face.GetGenericArguments()).Invoke(null, [sequence])!;
                    break;
                default:
                    break;
            }
        }
        catch (Exception error) when ((mayThrow || IsAboutNothing(error)) && !error.Message.Contains("could not be translated", StringComparison.Ordinal)
            // A transaction that is begun outside of a unit that can be tried again.
            && !error.Message.Contains("user-initiated", StringComparison.Ordinal))
        {
            // The statements up to here are noted.
        }
    }

    private static bool IsAboutNothing(Exception error) =>
        error is DbUpdateConcurrencyException || (error is InvalidOperationException && error.Message.Contains("contains no elements", StringComparison.Ordinal));

    private static async Task DrainAsync<T>(IAsyncEnumerable<T> sequence)
    {
        await foreach (T item in sequence)
        {
            _ = item;
        }
    }
}
