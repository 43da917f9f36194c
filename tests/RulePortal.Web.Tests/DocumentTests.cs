using System.Text.RegularExpressions;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests;

/// <summary>Holds the README and docs/ to each other and to the files they name.</summary>
public sealed partial class DocumentTests
{
    private const int MostLinesOfReadme = 150;

    private static readonly string Docs = Path.Combine(Repository.Root, "docs");
    private static readonly string Index = Path.Combine(Docs, "decisions", "README.md");

    [Fact]
    public void Readme_IsReadInThreeMinutes() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "README.md")).Length, 1, MostLinesOfReadme);

    [Fact]
    public void Links_OfAllDocuments_LeadToSomething()
    {
        var broken = Documents().SelectMany(document => Links(document).Where(link => !Resolves(document, link))
            .Select(link => $"{Path.GetRelativePath(Repository.Root, document)}: {link}")).ToList();

        Assert.Empty(broken);
    }

    [Fact]
    public void Readme_LinksEveryDocument() =>
        Assert.Empty(Unlinked(Path.Combine(Repository.Root, "README.md"), Directory.GetFiles(Docs, "*.md")));

    [Fact]
    public void Index_LinksEveryDecision() =>
        Assert.Empty(Unlinked(Index, Directory.GetFiles(Path.Combine(Docs, "decisions"), "*.md").Where(file => file != Index)));

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Repository.Root, "*.md").Concat(Directory.GetFiles(Docs, "*.md", SearchOption.AllDirectories));

    private static List<string> Links(string document) =>
    [
        .. Link().Matches(File.ReadAllText(document)).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal)),
    ];

    private static IEnumerable<string> Unlinked(string document, IEnumerable<string> files)
    {
        var linked = Links(document).Select(link => Target(document, link).Path).ToHashSet(StringComparer.Ordinal);
        return files.Where(file => !linked.Contains(file));
    }

    private static bool Resolves(string document, string link)
    {
        var (path, heading) = Target(document, link);
        return Path.Exists(path) && (heading.Length == 0 || Headings(path).Contains(heading, StringComparer.Ordinal));
    }

    private static (string Path, string Heading) Target(string document, string link)
    {
        var parts = link.Split('#', 2);
        var path = parts[0].Length == 0 ? document : Path.GetFullPath(parts[0], Path.GetDirectoryName(document)!);
        return (path, parts.Length == 2 ? parts[1] : "");
    }

    /// <summary>Headings as the anchors that code hosts give them: lower case, without punctuation, hyphens for blanks.</summary>
    private static IEnumerable<string> Headings(string path) =>
        File.ReadLines(path).Where(line => line.StartsWith('#'))
            .Select(line => Punctuation().Replace(line.TrimStart('#').Trim(), "").Replace(' ', '-').ToLowerInvariant());

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\s-]", RegexOptions.None, 1000)]
    private static partial Regex Punctuation();
}
