namespace RulePortal.Web.Kit.Settings;

internal sealed class SchedulingSettings : IPortalSettings
{
    public static string Section => "Scheduling";

    /// <summary>Whether this process evaluates windows; another node may.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long after its end a window is evaluated, so that late rows are in; Sentinel's is five minutes.</summary>
    public TimeSpan IngestionDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How far back missed windows are filled; older ones are skipped.</summary>
    public TimeSpan CatchUp { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long one evaluation may take.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Faults of a rule itself, in a row, after which it is disabled.</summary>
    public int DisableAfterFaults { get; set; } = 5;

    /// <summary>Most result rows of one evaluation.</summary>
    public int MaxResultRows { get; set; } = 100_000;

    /// <summary>Workers for missed windows; as many again wait for live ones.</summary>
    public int Workers { get; set; } = 2;

    /// <summary>Whether windows are evaluated again when rows that came late would change their outcome; otherwise a person decides.</summary>
    public bool ReevaluateLateData { get; set; }

    public IEnumerable<string> Faults()
    {
        if (IngestionDelay < TimeSpan.Zero || IngestionDelay > TimeSpan.FromDays(1))
        {
            yield return $"Scheduling:IngestionDelay is '{IngestionDelay}'; allowed: 00:00:00 to 1.00:00:00.";
        }

        if (CatchUp < TimeSpan.Zero || CatchUp > TimeSpan.FromDays(75))
        {
            yield return $"Scheduling:CatchUp is '{CatchUp}'; allowed: 00:00:00 to 75.00:00:00.";
        }

        if (TimeLimit < TimeSpan.FromSeconds(1) || TimeLimit > TimeSpan.FromHours(1))
        {
            yield return $"Scheduling:TimeLimit is '{TimeLimit}'; allowed: 00:00:01 to 01:00:00.";
        }

        if (DisableAfterFaults is < 1 or > 100)
        {
            yield return $"Scheduling:DisableAfterFaults is {DisableAfterFaults}; allowed: 1 to 100.";
        }

        if (MaxResultRows is < 1 or > 10_000_000)
        {
            yield return $"Scheduling:MaxResultRows is {MaxResultRows}; allowed: 1 to 10000000.";
        }

        if (Workers is < 1 or > 64)
        {
            yield return $"Scheduling:Workers is {Workers}; allowed: 1 to 64.";
        }
    }
}
