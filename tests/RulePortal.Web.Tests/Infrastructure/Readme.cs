namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>The README, whose tables tests hold to the code.</summary>
internal static class Readme
{
    public static string Text()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "RulePortal.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not stand inside the repository.");
        }

        return File.ReadAllText(Path.Combine(directory.FullName, "README.md"));
    }
}
