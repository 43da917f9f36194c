using System.Globalization;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>The trail's names in words.</summary>
internal static class AuditWords
{
    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        [AuditActions.RuleCreate] = "Create a rule",
        [AuditActions.RuleSave] = "Save a rule",
        [AuditActions.RuleEnable] = "Enable a rule",
        [AuditActions.RuleDisable] = "Disable a rule",
        [AuditActions.RuleHold] = "Hold a rule",
        [AuditActions.RuleRelease] = "Let a held rule go on",
        [AuditActions.RuleRun] = "Run a rule",
        [AuditActions.SourceExpect] = "Set how often a machine reports",
        [AuditActions.RuleBackfill] = "Fill a rule's past",
        [AuditActions.AlertAcknowledge] = "Acknowledge an alert",
        [AuditActions.AlertAssign] = "Assign an alert",
        [AuditActions.AlertClose] = "Close an alert",
        [AuditActions.AlertReopen] = "Reopen an alert",
        [AuditActions.AlertComment] = "Comment on an alert",
        [AuditActions.AlertPin] = "Pin an alert",
        [AuditActions.AlertUnpin] = "Take a pin off an alert",
        [AuditActions.BatchStore] = "Store a batch",
        [AuditActions.BatchWithdraw] = "Withdraw a batch",
        [AuditActions.KeyCreate] = "Make a key",
        [AuditActions.KeyRevoke] = "Revoke a key",
        [AuditActions.KeyUse] = "Use a key",
        [AuditActions.SessionBegin] = "Sign in",
        [AuditActions.SessionChange] = "Change roles",
        [AuditActions.SessionEnd] = "End a session",
        [AuditActions.RequestSend] = "Send a request",
        [AuditActions.PageOpen] = "Open a page",
        [AuditActions.PageAct] = "Act on a page",
        [AuditActions.StoreMigrate] = "Migrate the store",
        [AuditActions.StoreBackup] = "Back up the store",
        [AuditActions.StoreRestore] = "Restore the store",
        [AuditActions.RetentionRun] = "Let old rows go",
        [AuditActions.AuditExport] = "Export the audit trail",
        [AuditActions.AuditPrune] = "Prune the audit trail",
        [AuditActions.AuditOverflow] = "Count attempts",
    };

    public static string Action(string action) => Actions.GetValueOrDefault(action, action);

    public static string Tone(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Succeeded => "good",
        AuditOutcome.Denied => "bad",
        _ => "warn",
    };

    /// <summary>Where a subject can be seen, or null.</summary>
    public static string? Link(string subject) => subject.Split(':') switch
    {
        ["rule", var id] when Guid.TryParse(id, out var rule) => PortalUrls.Rule(rule),
        ["alert", var id] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var alert) => PortalUrls.Alert(alert),
        ["batch", var id] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var batch) => PortalUrls.Batch(batch),
        ["apikey", ..] => PortalUrls.ApiKeys,
        _ => null,
    };

    /// <summary>A value with its lines, and nothing hidden in it.</summary>
    public static string Value(string value) => string.Join('\n', value.Split('\n').Select(line => SafeText.Visible(line.TrimEnd('\r'))));
}
