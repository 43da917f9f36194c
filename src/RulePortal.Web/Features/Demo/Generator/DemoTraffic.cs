namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>What every machine does all week.</summary>
internal sealed class DemoTraffic
{
    // Thins every rate below, so that the whole company makes some 400,000 records in 62 days.
    private const double Density = 0.47;

    private readonly DemoEstate estate;
    private readonly List<DemoFlow> flows = [];

    public DemoTraffic(DemoEstate estate)
    {
        this.estate = estate;
        var places = new DemoPlaces();
        Everywhere(places);
        Linux(places);
        Windows(places);
        Internal();
        FromOutside(places);
    }

    public IReadOnlyList<DemoFlow> Flows => flows;

    private static bool IsWindows(string role) => role is "dc" or "mail" or "file" or "sql" or "erp" or "wsus" or "rds" or "print";

    private void Everywhere(DemoPlaces places)
    {
        foreach (var host in estate.All)
        {
            var windows = IsWindows(host.Role);
            Out(host, windows ? "MonitoringHost.exe" : "omiengine", 443, places.Telemetry, DemoRhythm.Steady, 1.2, 45_000, 6_000);
            Out(host, windows ? "svchost.exe" : "apt-get", windows ? 443 : 80, windows ? places.WindowsUpdates : places.LinuxUpdates, DemoRhythm.Night, 2.5, 9_000, 2_500_000);
            if (windows)
            {
                Out(host, "MsMpEng.exe", 443, places.WindowsUpdates, DemoRhythm.Steady, 0.35, 12_000, 400_000);
            }
        }
    }

    private void Linux(DemoPlaces places)
    {
        Out("web", "node", 443, places.Payments, DemoRhythm.Visitors, 3, 24_000, 31_000);
        Out("web", "curl", 443, places.Partners, DemoRhythm.Steady, 0.3, 900, 24_000);
        Out("app", "java", 443, places.Partners, DemoRhythm.Steady, 3, 18_000, 44_000);
        Out("app", "java", 443, places.Payments, DemoRhythm.Visitors, 3, 22_000, 26_000);
        Out("app", "java", 443, places.Identity, DemoRhythm.Office, 2, 4_000, 11_000);
        Out("db", "restic", 443, places.Storage, DemoRhythm.Night, 20, 60_000_000, 90_000);
        Out("backup", "restic", 443, places.Storage, DemoRhythm.Night, 50, 220_000_000, 180_000);
        Out("build", "git", 443, places.SourceHosts, DemoRhythm.Office, 6, 15_000, 900_000);
        Out("build", "java", 443, places.Packages, DemoRhythm.Office, 5, 9_000, 1_400_000);
        Out("build", "npm", 443, places.Packages, DemoRhythm.Office, 4, 8_000, 2_200_000);
        Out("build", "dockerd", 443, places.Registries, DemoRhythm.Office, 4, 8_000_000, 30_000_000);
        Out("k8s", "containerd", 443, places.Registries, DemoRhythm.Steady, 1, 6_000, 9_000_000);
        Out("k8s", "python3", 443, places.Storage, DemoRhythm.Steady, 1, 700_000, 350_000);
        Out("proxy", "squid", 443, places.Web, DemoRhythm.Office, 40, 60_000, 2_000_000);
        Out("git", "puma", 443, places.SourceHosts, DemoRhythm.Office, 2, 50_000, 160_000);
        Out("mon", "grafana", 443, places.Identity, DemoRhythm.Office, 1, 3_000, 9_000);
        Out("log", "fluentd", 443, places.Telemetry, DemoRhythm.Steady, 12, 2_500_000, 40_000);
        Out("jump", "sshd", 22, places.Partners, DemoRhythm.Office, 0.5, 20_000, 30_000);
    }

    private void Windows(DemoPlaces places)
    {
        Out("rds", "chrome.exe", 443, places.Web, DemoRhythm.Office, 26, 40_000, 900_000);
        Out("rds", "msedge.exe", 443, places.Web, DemoRhythm.Office, 12, 30_000, 700_000);
        Out("rds", "OUTLOOK.EXE", 443, places.Office, DemoRhythm.Office, 18, 90_000, 260_000);
        Out("rds", "ms-teams.exe", 443, places.Office, DemoRhythm.Office, 14, 900_000, 1_300_000);
        Out("rds", "OneDrive.exe", 443, places.Office, DemoRhythm.Office, 6, 1_200_000, 400_000);
        Out("mail", "EdgeTransport.exe", 25, places.MailServers, DemoRhythm.Office, 24, 160_000, 9_000);
        Out("mail", "EdgeTransport.exe", 25, places.MailServers, DemoRhythm.Steady, 1.5, 60_000, 5_000);
        Out("dc", "lsass.exe", 443, places.Identity, DemoRhythm.Office, 3, 14_000, 18_000);
        Out("wsus", "WsusService.exe", 443, places.WindowsUpdates, DemoRhythm.Night, 30, 20_000, 45_000_000);
        Out("sql", "sqlservr.exe", 443, places.Storage, DemoRhythm.Night, 15, 40_000_000, 70_000);
        Out("erp", "w3wp.exe", 443, places.Partners, DemoRhythm.Office, 8, 26_000, 48_000);
        Out("erp", "w3wp.exe", 443, places.ImportOffice, DemoRhythm.Night, 0.5, 8_000, 20_000);
        Out("print", "spoolsv.exe", 443, places.Office, DemoRhythm.Office, 0.5, 5_000, 9_000);
        Out("file", "FSRM.exe", 443, places.Storage, DemoRhythm.Night, 5, 9_000_000, 30_000);
    }

    private void Internal()
    {
        Between("web", "nginx", "app", "java", 8080, DemoRhythm.Visitors, 9, 60_000, 220_000);
        Between("app", "java", "db", "postgres", 5432, DemoRhythm.Visitors, 8, 70_000, 900_000);
        Between("app", "java", "cache", "redis-server", 6379, DemoRhythm.Visitors, 5, 40_000, 160_000);
        Between("erp", "w3wp.exe", "sql", "sqlservr.exe", 1433, DemoRhythm.Office, 14, 90_000, 1_100_000);
        Between("rds", "explorer.exe", "file", "System", 445, DemoRhythm.Office, 16, 200_000, 1_600_000);
        Between("rds", "lsass.exe", "dc", "lsass.exe", 88, DemoRhythm.Office, 6, 5_000, 6_000);
        Between("rds", "splwow64.exe", "print", "spoolsv.exe", 9100, DemoRhythm.Office, 3, 800_000, 3_000);
        Between("k8s", "kubelet", "k8s", "kube-apiserver", 6443, DemoRhythm.Steady, 3, 25_000, 40_000);
        Between("mon", "prometheus", "k8s", "node_exporter", 9100, DemoRhythm.Steady, 8, 3_000, 120_000);
        Between("jump", "ssh", "db", "sshd", 22, DemoRhythm.Office, 2, 18_000, 40_000);
        Between("build", "java", "git", "nginx", 443, DemoRhythm.Office, 8, 12_000, 700_000);
        Between("mail", "w3wp.exe", "dc", "lsass.exe", 389, DemoRhythm.Office, 6, 9_000, 30_000);
    }

    private void FromOutside(DemoPlaces places)
    {
        foreach (var host in estate.Of("web"))
        {
            Add(host, "nginx", inbound: true, 443, places.Visitors, DemoRhythm.Visitors, 26, 350_000, 30_000);
        }

        foreach (var host in estate.Of("mail"))
        {
            Add(host, "MSExchangeFrontendTransport.exe", inbound: true, 25, places.MailServers, DemoRhythm.Office, 12, 6_000, 140_000);
        }

        foreach (var host in estate.Of("vpn"))
        {
            Add(host, "openvpn", inbound: true, 443, places.Visitors, DemoRhythm.Office, 20, 2_000_000, 700_000);
        }
    }

    private void Out(string role, string process, int port, IReadOnlyList<DemoRemote> remotes, DemoRhythm rhythm, double perHour, long sent, long received)
    {
        foreach (var host in estate.Of(role))
        {
            Out(host, process, port, remotes, rhythm, perHour, sent, received);
        }
    }

    private void Out(DemoHost host, string process, int port, IReadOnlyList<DemoRemote> remotes, DemoRhythm rhythm, double perHour, long sent, long received) =>
        Add(host, process, inbound: false, port, remotes, rhythm, perHour, sent, received);

    // Both ends report what they see, each for itself.
    private void Between(string client, string clientProcess, string server, string serverProcess, int port, DemoRhythm rhythm, double perHour, long sent, long received)
    {
        IReadOnlyList<DemoRemote> servers = [.. estate.Of(server).Select(Private)];
        IReadOnlyList<DemoRemote> clients = [.. estate.Of(client).Select(Private)];
        foreach (var host in estate.Of(client))
        {
            Add(host, clientProcess, inbound: false, port, servers, rhythm, perHour, sent, received);
        }

        foreach (var host in estate.Of(server))
        {
            Add(host, serverProcess, inbound: true, port, clients, rhythm, perHour, received, sent);
        }

        static DemoRemote Private(DemoHost host) => new(host.Address, "", Details: null);
    }

    private void Add(DemoHost host, string process, bool inbound, int port, IReadOnlyList<DemoRemote> remotes, DemoRhythm rhythm, double perHour, long sent, long received) =>
        flows.Add(new DemoFlow(host, process, inbound, port, remotes, rhythm, perHour * Density, sent, received));
}

/// <summary>A process of a machine that keeps talking to some places on one port.</summary>
/// <param name="Host">The reporting machine.</param>
/// <param name="Process">Executable name.</param>
/// <param name="Inbound">Whether the other side opened the connection.</param>
/// <param name="Port">Port at the destination.</param>
/// <param name="Remotes">The places, the ones used most first.</param>
/// <param name="Rhythm">When.</param>
/// <param name="PerHour">Records an hour at the full rate, at most 60.</param>
/// <param name="Sent">Typical bytes sent in a minute.</param>
/// <param name="Received">Typical bytes received in a minute.</param>
internal sealed record DemoFlow(
    DemoHost Host,
    string Process,
    bool Inbound,
    int Port,
    IReadOnlyList<DemoRemote> Remotes,
    DemoRhythm Rhythm,
    double PerHour,
    long Sent,
    long Received);
