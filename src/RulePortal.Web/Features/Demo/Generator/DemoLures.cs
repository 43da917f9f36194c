namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>The shapes of what looks odd and must not fire, each for a reason of its own.</summary>
internal static class DemoLures
{
    /// <summary>The process is new, its country is not.</summary>
    public static void NewProcess(DemoIncidentBuilder lure)
    {
        var host = lure.Host("app");
        foreach (var remote in lure.Strangers("United States", 12))
        {
            lure.Talk(host, "ncat", remote, 4443, lure.Between(0, 20), everyMinutes: 2, times: 4, 30_000, 8_000);
        }
    }

    /// <summary>A process everybody knows, at new addresses in a country everybody knows.</summary>
    public static void NewAddresses(DemoIncidentBuilder lure)
    {
        var host = lure.Host("web");
        foreach (var remote in lure.Strangers("Netherlands", 10))
        {
            lure.Talk(host, "curl", remote, 443, lure.Between(0, 30), everyMinutes: 1, times: 1, 700, 42_000);
        }
    }

    /// <summary>A new country, with exactly the five result rows that do not exceed the trigger.</summary>
    public static void FiveRows(DemoIncidentBuilder lure, long number)
    {
        var host = lure.Host("rds");
        foreach (var remote in lure.Strangers(DemoCountries.OfFewRows(number), 5))
        {
            lure.Talk(host, "chrome.exe", remote, 443, lure.Between(0, 30), everyMinutes: 1, times: 1, 2_000, 300_000);
        }
    }

    /// <summary>Many rows of a country that the month before has seen more than five times.</summary>
    public static void Supplier(DemoIncidentBuilder lure)
    {
        var host = lure.Host("erp");
        foreach (var remote in lure.Strangers(DemoCountries.Supplier, 8))
        {
            lure.Talk(host, "w3wp.exe", remote, 443, lure.Between(0, 10), everyMinutes: 3, times: 3, 9_000, 50_000);
        }
    }

    /// <summary>Strangers knock; the rule looks at what goes out.</summary>
    public static void InboundScan(DemoIncidentBuilder lure, long number)
    {
        var hosts = lure.Hosts(4, "web");
        foreach (var remote in lure.Strangers(DemoCountries.OfScan(number), 9))
        {
            foreach (var host in hosts)
            {
                lure.Talk(host, "nginx", remote, 443, lure.Between(0, 30), everyMinutes: 1, times: 1, 300, 500, inbound: true);
            }
        }
    }

    /// <summary>The attacker comes back an hour after an incident: by its own rows the country is common by then.</summary>
    public static void SecondWave(DemoIncidentBuilder lure, long number)
    {
        var host = lure.Host("cache");
        foreach (var remote in lure.Strangers(DemoCountries.OfIncident(number), 8))
        {
            lure.Talk(host, "redis-cli", remote, 6379, lure.Between(0, 15), everyMinutes: 2, times: 5, 80_000, 4_000);
        }
    }

    /// <summary>One connection that never makes more than one result row an hour.</summary>
    public static void SlowBeacon(DemoIncidentBuilder lure, long number, int hours)
    {
        const int ToBecomeCommon = 7;
        var host = lure.Host("sql");
        var remote = lure.Strangers(DemoCountries.OfBeacon(number), 1)[0];
        lure.Talk(host, "sqlagent.exe", remote, 443, 0, everyMinutes: 8, times: ToBecomeCommon, 600, 600);
        lure.Talk(host, "sqlagent.exe", remote, 443, 75, everyMinutes: 30, times: (hours - 2) * 2, 600, 600);
    }
}
