using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Tests.Shell;

public sealed class PortalArgumentsTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("--demo", "", "--demo")]
    [InlineData("--urls http://127.0.0.1:1 --demo", "--urls=http://127.0.0.1:1", "--demo")]
    [InlineData("--Storage:DataDirectory=/d", "--Storage:DataDirectory=/d", "")]
    [InlineData("--Storage:DataDirectory /d", "--Storage:DataDirectory=/d", "")]
    [InlineData("--AnyKey=x", "--AnyKey=x", "")]
    [InlineData("import a.csv --on-error=skip --Storage:DataDirectory=/d", "--Storage:DataDirectory=/d", "import a.csv --on-error=skip")]
    [InlineData("--environment Production apikey create --name=N", "--environment=Production", "apikey create --name=N")]
    [InlineData("import -- --Storage:DataDirectory=x", "", "import -- --Storage:DataDirectory=x")]
    public void Split_Arguments_TellsSettingsFromTheRest(string line, string configuration, string command)
    {
        var split = PortalArguments.Split(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(configuration, string.Join(' ', split.Configuration));
        Assert.Equal(command, string.Join(' ', split.Command));
    }
}
