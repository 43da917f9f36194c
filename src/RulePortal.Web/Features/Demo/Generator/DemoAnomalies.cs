namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>The shapes of what the first rule must find: each makes more than five result rows within its first hour and is over after two.</summary>
internal static class DemoAnomalies
{
    private const long Megabyte = 1 << 20;

    public static IReadOnlyList<(string Story, Action<DemoIncidentBuilder, long> Write)> All { get; } =
    [
        ("A build server calls home on several ports", BuildServerCallsHome),
        ("A database host sends its tables away", DatabaseIsExfiltrated),
        ("Cluster nodes mine coins", NodesMine),
        ("A remote administration tool on many Windows hosts", ToolSpreads),
        ("A mail server's worker process scans", MailServerScans),
        ("A desktop fetches a payload in stages", DesktopFetchesPayload),
        ("A print server tunnels through port 53", PrintServerTunnels),
        ("A jump host joins an anonymity network over two countries", JumpHostJoinsNetwork),
    ];

    private static void BuildServerCallsHome(DemoIncidentBuilder incident, long number)
    {
        var host = incident.Host("build");
        foreach (var remote in incident.Strangers(DemoCountries.OfIncident(number), 2))
        {
            foreach (var port in (int[])[443, 8443, 8080, 4444])
            {
                incident.Talk(host, "updaterd", remote, port, incident.Between(0, 8), everyMinutes: incident.Between(9, 13), times: 6, 900, 2_400);
            }
        }
    }

    private static void DatabaseIsExfiltrated(DemoIncidentBuilder incident, long number)
    {
        var host = incident.Host("db");
        foreach (var remote in incident.Strangers(DemoCountries.OfIncident(number), incident.Between(7, 10)))
        {
            incident.Talk(host, "rclone", remote, 443, incident.Between(0, 8), everyMinutes: 1, times: incident.Between(15, 40), 180 * Megabyte, 90_000);
        }
    }

    private static void NodesMine(DemoIncidentBuilder incident, long number)
    {
        var pool = incident.Strangers(DemoCountries.OfIncident(number), 1)[0];
        foreach (var host in incident.Hosts(incident.Between(3, 4), "k8s"))
        {
            foreach (var port in (int[])[3333, 5555, 14444])
            {
                incident.Talk(host, "xmrig", pool, port, incident.Between(0, 8), everyMinutes: 4, times: 20, 14_000, 9_000, listed: true);
            }
        }
    }

    private static void ToolSpreads(DemoIncidentBuilder incident, long number)
    {
        var server = incident.Strangers(DemoCountries.OfIncident(number), 1)[0];
        foreach (var host in incident.Hosts(incident.Between(6, 8), "dc", "file", "sql", "rds"))
        {
            incident.Talk(host, "PSEXESVC.exe", server, 443, incident.Between(0, 20), everyMinutes: 5, times: incident.Between(3, 8), 21_000, 160_000);
        }
    }

    private static void MailServerScans(DemoIncidentBuilder incident, long number)
    {
        var host = incident.Host("mail");
        foreach (var remote in incident.Strangers(DemoCountries.OfIncident(number), incident.Between(5, 9)))
        {
            foreach (var port in (int[])[22, 445])
            {
                incident.Talk(host, "w3wp.exe", remote, port, incident.Between(0, 25), everyMinutes: 1, times: 1, 240, 60);
            }
        }
    }

    private static void DesktopFetchesPayload(DemoIncidentBuilder incident, long number)
    {
        var host = incident.Host("rds");
        var remotes = incident.Strangers(DemoCountries.OfIncident(number), incident.Between(6, 9));
        foreach (var remote in remotes)
        {
            incident.Talk(host, "powershell.exe", remote, 80, incident.Between(0, 6), everyMinutes: 1, times: incident.Between(1, 3), 1_200, 3 * Megabyte);
        }

        incident.Talk(host, "rundll32.exe", remotes[0], 443, 9, everyMinutes: 10, times: 7, 4_000, 1_100, listed: true);
    }

    private static void PrintServerTunnels(DemoIncidentBuilder incident, long number)
    {
        var host = incident.Host("print");
        foreach (var remote in incident.Strangers(DemoCountries.OfIncident(number), incident.Between(6, 7)))
        {
            incident.Talk(host, "spoolsv.exe", remote, 53, incident.Between(0, 8), everyMinutes: 2, times: incident.Between(10, 25), 64_000, 70_000);
        }
    }

    private static void JumpHostJoinsNetwork(DemoIncidentBuilder incident, long number)
    {
        var host = incident.Host("jump");
        foreach (var country in (string[])[DemoCountries.OfIncident(number), DemoCountries.SecondOfIncident(number / All.Count)])
        {
            foreach (var remote in incident.Strangers(country, incident.Between(4, 6)))
            {
                incident.Talk(host, "tor", remote, 9001, incident.Between(0, 8), everyMinutes: 3, times: incident.Between(7, 15), 40_000, 220_000);
            }
        }
    }
}
