using RulePortal.Web.Shell;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Shell;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Run_UnknownVerb_NamesTheVerbsAndExits2()
    {
        Assert.Equal(2, await RunAsync("frobnicate"));
        Assert.Contains("'frobnicate' is no verb of RulePortal.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("apikey", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dmeo")]
    [InlineData("apikey", "create", "--name", "N")]
    [InlineData("apikey", "create", "--name", "N", "--role", "King")]
    [InlineData("apikey", "create", "--name", " ", "--role", "Reader")]
    [InlineData("apikey", "create", "--name", "N", "--role", "Reader", "--expires-in-days", "0")]
    [InlineData("migrate", "--onerror")]
    public async Task Run_Misused_ExplainsAndExits2(params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.NotEmpty(error.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Run_Help_ListsEveryVerb()
    {
        Assert.Equal(0, await RunAsync("--help"));
        Assert.All(RulePortal.Web.Shell.PortalFeatures.Verbs, verb => Assert.Contains(verb.CreateCommand(new VerbHost([])).Name, output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ApiKey_CreateListRevoke_WorkOnANewStore()
    {
        Assert.Equal(0, await RunAsync("apikey", "create", "--name", "collector", "--role", "Ingest"));
        var key = output.ToString().TrimEnd().Split(Environment.NewLine)[^1];
        Assert.Matches("^rp_[A-Za-z0-9_-]{43}$", key);

        Assert.Equal(1, await RunAsync("apikey", "create", "--name", "collector", "--role", "Reader"));
        Assert.Contains("'collector' is in force already", error.ToString(), StringComparison.Ordinal);

        output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("apikey", "list"));
        Assert.Contains(key[..9] + "...  Ingest       collector", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync("apikey", "revoke", "collector"));
        Assert.Equal(1, await RunAsync("apikey", "revoke", "collector"));
        Assert.Equal(0, await RunAsync("apikey", "create", "--name", "collector", "--role", "Reader"));
    }

    [Fact]
    public async Task Migrate_NewStore_SaysWhatItApplied()
    {
        Assert.Equal(0, await RunAsync("migrate"));
        Assert.Contains("Applied ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(folder.File("portal.db"), output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync("migrate"));
        Assert.Contains("Nothing to do", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ManyFaults_ListsThemAllAndExits1()
    {
        Assert.Equal(1, await RunAsync("--environment=Production", "--Database:Provider=Oracle", "--Database:MigrateAtStart=maybe", "--Authentication:Mode=None"));
        string[] expected =
        [
            "Database:Provider is 'Oracle'; allowed: Sqlite, SqlServer.",
            "Database:MigrateAtStart is 'maybe'; allowed: true, false.",
            "Authentication:Mode is 'None'; allowed: EntraId, Development, OpenIdConnect.",
        ];
        Assert.Equal(expected, error.ToString().TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Run_NoSignInMode_NamesTheKeyAndTheModes()
    {
        Assert.Equal(1, await RunAsync("--environment=Production"));
        Assert.StartsWith("Authentication:Mode is not set; allowed: EntraId, OpenIdConnect, Development", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SqlServerWithoutConnectionString_NamesTheKey()
    {
        Assert.Equal(1, await RunAsync("migrate", "--Database:Provider=SqlServer"));
        Assert.StartsWith("ConnectionStrings:Portal is not set", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Mode=Memory;Data Source=x")]
    [InlineData("Server=x")]
    public async Task Run_SqliteWithoutAFile_NamesTheKey(string connection)
    {
        Assert.Equal(1, await RunAsync("migrate", "--ConnectionStrings:Portal=" + connection));
        Assert.StartsWith("ConnectionStrings:Portal ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FaultyConnectionString_DoesNotRepeatItsPassword()
    {
        Assert.Equal(1, await RunAsync("migrate", "--Database:Provider=SqlServer", "--ConnectionStrings:Portal=Serve=x;Password=hunter2"));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FolderThatCannotBeWritten_NamesTheKey()
    {
        await File.WriteAllTextAsync(folder.File("file"), "");
        Assert.Equal(1, await CommandLineRoot.RunAsync(["migrate", "--Storage:DataDirectory=" + folder.File("file")], output, error));
        Assert.StartsWith("Storage:DataDirectory is '", error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => CommandLineRoot.RunAsync([.. args, "--Storage:DataDirectory=" + folder.FullName], output, error);
}
