using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Administration.Auditing;

internal sealed class AuditSettings : IPortalSettings
{
    private static readonly TimeSpan Least = TimeSpan.FromDays(90);
    private static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    public static string Section => "Audit";

    /// <summary>How long entries of the audit trail are kept, whatever else goes.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(730);

    public IEnumerable<string> Faults()
    {
        if (Retention < Least || Retention > Most)
        {
            yield return $"Audit:Retention is '{Retention}'; allowed: 90.00:00:00 to 3650.00:00:00.";
        }
    }
}
