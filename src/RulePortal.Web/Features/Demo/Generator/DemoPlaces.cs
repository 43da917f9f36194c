using System.Globalization;

namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>The places on the internet that the company knows. Their addresses are documentation and benchmarking ranges.</summary>
internal sealed class DemoPlaces
{
    private static readonly string[] VisitorCountries =
    [
        "Germany", "Germany", "Germany", "Germany", "Austria", "Switzerland", "France", "Netherlands", "Poland", "Italy", "United Kingdom",
        "United States", "Spain", "Belgium", "Denmark", "Sweden", "Czechia",
    ];

    private int named;

    public DemoPlaces()
    {
        Identity = [At("login.microsoftonline.com", "Ireland"), At("graph.microsoft.com", "Ireland"), At("login.windows.net", "Netherlands")];
        Office = [At("outlook.office365.com", "Netherlands"), At("teams.microsoft.com", "Germany"), At("sharepoint.example", "Ireland"), At("officecdn.microsoft.com", "France")];
        Telemetry = [At("ods.opinsights.azure.com", "Netherlands"), At("monitoring.azure.com", "Ireland")];
        WindowsUpdates = [At("windowsupdate.microsoft.com", "United States"), At("definitionupdates.microsoft.com", "United States"), At("delivery.mp.microsoft.com", "United Kingdom")];
        LinuxUpdates = [At("archive.ubuntu.com", "United Kingdom"), At("security.ubuntu.com", "United Kingdom"), At("deb.debian.org", "Sweden"), At("packages.microsoft.com", "United States"), At("ftp.fi.debian.org", "Finland")];
        Packages = [At("registry.npmjs.org", "United States"), At("repo.maven.apache.org", "United States"), At("api.nuget.org", "United States"), At("pypi.org", "France"), At("proxy.golang.org", "Ireland"), At("mirror.internet.cz.example", "Czechia")];
        SourceHosts = [At("github.com", "Germany"), At("api.github.com", "Germany"), At("objects.githubusercontent.com", "United States"), At("team-india.git.example", "India")];
        Registries = [At("registry-1.docker.io", "United States"), At("mcr.microsoft.com", "Ireland"), At("quay.io", "United States"), At("ghcr.io", "Germany")];
        Storage = [At("s3.eu-central-1.amazonaws.com", "Germany"), At("blob.core.windows.net", "Netherlands"), At("s3.eu-west-3.amazonaws.com", "France")];
        Payments = [At("api.payments.example", "Netherlands"), At("checkout.payments.example", "Ireland"), At("fraud-score.example", "United States")];
        Partners =
        [
            At("edi.logistics-at.example", "Austria"), At("api.customs.example", "Switzerland"), At("edi.carrier-pl.example", "Poland"), At("api.supplier-it.example", "Italy"),
            At("api.carrier-es.example", "Spain"), At("edi.retail-be.example", "Belgium"), At("edi.retail-dk.example", "Denmark"), At("api.freight-no.example", "Norway"),
            At("api.shop-ca.example", "Canada"), At("edi.plant-jp.example", "Japan"), At("api.port-sg.example", "Singapore"), At("api.shop-au.example", "Australia"),
            At("api.shop-br.example", "Brazil"), At("api.office-pt.example", "Portugal"), At("api.office-ro.example", "Romania"), At("api.bank-lu.example", "Luxembourg"),
        ];
        MailServers =
        [
            At("mx.customer-de.example", "Germany"), At("mx.customer-at.example", "Austria"), At("mx.supplier-it.example", "Italy"), At("mx.customer-fr.example", "France"),
            At("mx.carrier-pl.example", "Poland"), At("mx.customer-ch.example", "Switzerland"), At("mx.retail-be.example", "Belgium"), At("mx.customer-us.example", "United States"),
            At("mx.office-in.example", "India"), At("mx.customer-se.example", "Sweden"), At("mx.customer-no.example", "Norway"),
        ];
        Web =
        [
            At("www.news-de.example", "Germany"), At("cdn.fastweb.example", "France"), At("www.search.example", "United States"), At("cdn.video.example", "Netherlands"),
            At("www.encyclopedia.example", "Netherlands"), At("fonts.cdn.example", "Ireland"), At("www.travel-at.example", "Austria"), At("crm.cloud.example", "United Kingdom"),
            At("hr.cloud.example", "Germany"), At("maps.example", "United States"), At("www.paper-fi.example", "Finland"), At("ads.cdn.example", "Belgium"),
            At("www.tools-jp.example", "Japan"), At("forum.cad-it.example", "Italy"),
        ];
        ImportOffice = [At("portal.wool-importers.example", DemoCountries.Supplier)];
        Visitors = [.. Enumerable.Range(0, 500).Select(Visitor)];
    }

    public IReadOnlyList<DemoRemote> Identity { get; }

    public IReadOnlyList<DemoRemote> Office { get; }

    public IReadOnlyList<DemoRemote> Telemetry { get; }

    public IReadOnlyList<DemoRemote> WindowsUpdates { get; }

    public IReadOnlyList<DemoRemote> LinuxUpdates { get; }

    public IReadOnlyList<DemoRemote> Packages { get; }

    public IReadOnlyList<DemoRemote> SourceHosts { get; }

    public IReadOnlyList<DemoRemote> Registries { get; }

    public IReadOnlyList<DemoRemote> Storage { get; }

    public IReadOnlyList<DemoRemote> Payments { get; }

    public IReadOnlyList<DemoRemote> Partners { get; }

    public IReadOnlyList<DemoRemote> MailServers { get; }

    public IReadOnlyList<DemoRemote> Web { get; }

    /// <summary>The one place in a country that is seen twice a week.</summary>
    public IReadOnlyList<DemoRemote> ImportOffice { get; }

    public IReadOnlyList<DemoRemote> Visitors { get; }

    private DemoRemote At(string name, string country)
    {
        string[] blocks = ["192.0.2", "198.51.100", "203.0.113"];
        var address = string.Create(CultureInfo.InvariantCulture, $"{blocks[named % blocks.Length]}.{10 + (named / blocks.Length)}");
        named++;
        return DemoRemote.Named(name, country, address);
    }

    private static DemoRemote Visitor(int number)
    {
        var random = SplitMix.Of(number, place: 0, time: 0);
        return new DemoRemote(
            string.Create(CultureInfo.InvariantCulture, $"198.19.{number % 250}.{random.Between(1, 254)}"),
            random.Pick(VisitorCountries),
            Details: null);
    }
}

/// <summary>What a machine talks to; a private one has no country.</summary>
/// <param name="Address">Of a documentation, benchmarking or private range.</param>
/// <param name="Country">Empty for a private address.</param>
/// <param name="Details">The other columns, as stored, or null.</param>
internal sealed record DemoRemote(string Address, string Country, string? Details)
{
    public static DemoRemote Named(string name, string country, string address) =>
        new(address, country, $$"""{"RemoteDnsQuestions":"[\"{{name}}\"]"}""");
}
