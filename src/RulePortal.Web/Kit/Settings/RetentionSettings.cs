using RulePortal.Data.Maintenance.Retention;

namespace RulePortal.Web.Kit.Settings;

internal sealed class RetentionSettings : IPortalSettings
{
    private static readonly TimeSpan Least = TimeSpan.FromDays(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    public static string Section => "Retention";

    /// <summary>Connections, from TimeGenerated.</summary>
    public TimeSpan Connections { get; set; } = TimeSpan.FromDays(75);

    /// <summary>Alerts, from when they were closed; open ones stay.</summary>
    public TimeSpan Alerts { get; set; } = TimeSpan.FromDays(730);

    /// <summary>Windows and attempts, from the window's end.</summary>
    public TimeSpan Runs { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Rows refused at import, from when their batch was received.</summary>
    public TimeSpan RejectedRows { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Sessions, from when they were over.</summary>
    public TimeSpan Sessions { get; set; } = TimeSpan.FromDays(7);

    public RetentionPolicy ToPolicy() => new() { Connections = Connections, Alerts = Alerts, Runs = Runs, RejectedRows = RejectedRows, Sessions = Sessions };

    public IEnumerable<string> Faults()
    {
        foreach (var (name, value) in (IEnumerable<(string, TimeSpan)>)[(nameof(Connections), Connections), (nameof(Alerts), Alerts), (nameof(Runs), Runs), (nameof(RejectedRows), RejectedRows), (nameof(Sessions), Sessions)])
        {
            if (value < Least || value > Most)
            {
                yield return $"Retention:{name} is '{value}'; allowed: 1.00:00:00 to 3650.00:00:00.";
            }
        }

        // A window that can be evaluated again must be in the ledger, and what it alerted must be known.
        if (Runs < Connections)
        {
            yield return $"Retention:Runs is '{Runs}'; allowed: Retention:Connections ('{Connections}') or longer.";
        }

        if (Alerts < Connections)
        {
            yield return $"Retention:Alerts is '{Alerts}'; allowed: Retention:Connections ('{Connections}') or longer.";
        }
    }
}
