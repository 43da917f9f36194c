using System.Globalization;

namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>The machines of a mid-size company that makes things and sells them on the web.</summary>
internal sealed class DemoEstate
{
    public const string Domain = "corp.example";

    private static readonly (string Role, int Count)[] Roles =
    [
        ("web", 4), ("app", 3), ("db", 2), ("cache", 1), ("build", 2), ("k8s", 5), ("mon", 1), ("log", 1), ("backup", 1), ("proxy", 1),
        ("vpn", 1), ("jump", 1), ("git", 1), ("dc", 2), ("mail", 2), ("file", 1), ("sql", 2), ("erp", 1), ("wsus", 1), ("rds", 3), ("print", 1),
    ];

    private readonly Dictionary<string, DemoHost[]> byRole = new(StringComparer.Ordinal);

    /// <param name="scale">Each role has this many times its machines, 1 to 20.</param>
    public DemoEstate(int scale)
    {
        for (var role = 0; role < Roles.Length; role++)
        {
            var (name, count) = Roles[role];
            byRole[name] =
            [
                .. Enumerable.Range(1, count * scale).Select(number => new DemoHost(
                    name,
                    string.Create(CultureInfo.InvariantCulture, $"{name}{number:00}.{Domain}"),
                    string.Create(CultureInfo.InvariantCulture, $"10.20.{role + 1}.{number + 9}"))),
            ];
        }
    }

    public IEnumerable<DemoHost> All => byRole.Values.SelectMany(hosts => hosts);

    public IReadOnlyList<DemoHost> Of(string role) => byRole[role];
}

/// <summary>A machine of the generated company.</summary>
internal sealed record DemoHost(string Role, string Computer, string Address);
