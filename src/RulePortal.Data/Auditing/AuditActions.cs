using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;

namespace RulePortal.Data.Auditing;

/// <summary>Everything the trail records, as <c>noun.verb</c>. A name is never reused for something else.</summary>
public static class AuditActions
{
    /// <summary>A rule came into the store.</summary>
    public const string RuleCreate = "rule.create";

    /// <summary>A rule got a new version.</summary>
    public const string RuleSave = "rule.save";

    /// <summary>A rule was enabled.</summary>
    public const string RuleEnable = "rule.enable";

    /// <summary>A rule was disabled, by a person or after too many faults.</summary>
    public const string RuleDisable = "rule.disable";

    /// <summary>A window was evaluated because somebody asked.</summary>
    public const string RuleRun = "rule.run";

    /// <summary>Windows of a rule's past became due because somebody asked.</summary>
    public const string RuleBackfill = "rule.backfill";

    /// <summary>A window made so many result rows that its rule waits for a person.</summary>
    public const string RuleHold = "rule.hold";

    /// <summary>A person decided of the window that held a rule.</summary>
    public const string RuleRelease = "rule.release";

    /// <summary>An alert was taken up.</summary>
    public const string AlertAcknowledge = "alert.acknowledge";

    /// <summary>An alert was given to somebody, or to nobody.</summary>
    public const string AlertAssign = "alert.assign";

    /// <summary>An alert was closed.</summary>
    public const string AlertClose = "alert.close";

    /// <summary>An alert was opened again.</summary>
    public const string AlertReopen = "alert.reopen";

    /// <summary>An alert got a comment.</summary>
    public const string AlertComment = "alert.comment";

    /// <summary>An alert was pinned: later versions of its rule must, or must not, raise it.</summary>
    public const string AlertPin = "alert.pin";

    /// <summary>A pin was taken off an alert.</summary>
    public const string AlertUnpin = "alert.unpin";

    /// <summary>A batch of connections was stored.</summary>
    public const string BatchStore = "batch.store";

    /// <summary>A batch's rows were taken out.</summary>
    public const string BatchWithdraw = "batch.withdraw";

    /// <summary>How often a machine is expected to report was set.</summary>
    public const string SourceExpect = "source.expect";

    /// <summary>A key was made.</summary>
    public const string KeyCreate = "apikey.create";

    /// <summary>A key was revoked.</summary>
    public const string KeyRevoke = "apikey.revoke";

    /// <summary>A key that is unknown, expired or revoked was sent.</summary>
    public const string KeyUse = "apikey.use";

    /// <summary>Somebody signed in, or tried to.</summary>
    public const string SessionBegin = "session.begin";

    /// <summary>The identity provider gives somebody signed in other roles.</summary>
    public const string SessionChange = "session.change";

    /// <summary>A session was ended: the person signed out, or lost it.</summary>
    public const string SessionEnd = "session.end";

    /// <summary>A request that the caller may not make.</summary>
    public const string RequestSend = "request.send";

    /// <summary>A page that the person may not see.</summary>
    public const string PageOpen = "page.open";

    /// <summary>A button that the person may not press.</summary>
    public const string PageAct = "page.act";

    /// <summary>The schema was brought up to date.</summary>
    public const string StoreMigrate = "store.migrate";

    /// <summary>A copy of the store was made.</summary>
    public const string StoreBackup = "store.backup";

    /// <summary>A copy was put in the store's place.</summary>
    public const string StoreRestore = "store.restore";

    /// <summary>Rows past their retention were removed.</summary>
    public const string RetentionRun = "retention.run";

    /// <summary>Entries of this trail were taken out of the portal as a file.</summary>
    public const string AuditExport = "audit.export";

    /// <summary>Entries past their retention were removed, behind a checkpoint.</summary>
    public const string AuditPrune = "audit.prune";

    /// <summary>Denied attempts were more than the trail takes and were counted instead of written.</summary>
    public const string AuditOverflow = "audit.overflow";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AlertAcknowledge, AlertAssign, AlertClose, AlertComment, AlertPin, AlertReopen, AlertUnpin, KeyCreate, KeyRevoke, KeyUse, AuditExport, AuditOverflow, AuditPrune,
        BatchStore, BatchWithdraw, PageAct, PageOpen, RequestSend, RetentionRun, RuleBackfill, RuleCreate, RuleDisable, RuleEnable, RuleHold, RuleRelease, RuleRun, RuleSave, SessionBegin, SessionChange, SessionEnd, SourceExpect,
        StoreBackup, StoreMigrate, StoreRestore,
    ];

    /// <summary>The right that an action needs, whoever asks for it and wherever. What is not named here is the administration's.</summary>
    public static ActorRights RightFor(string action) => action switch
    {
        AlertAcknowledge or AlertAssign or AlertClose or AlertComment or AlertReopen => ActorRights.Respond,
        // A pin decides which versions of a rule can be saved, so it is for those who save them.
        AlertPin or AlertUnpin => ActorRights.Contribute,
        RuleCreate or RuleSave or RuleEnable or RuleDisable or RuleRun or RuleBackfill or RuleHold or RuleRelease or BatchWithdraw or SourceExpect => ActorRights.Contribute,
        BatchStore => ActorRights.Ingest,
        // Attempts, and what people do with sessions of their own; SessionStore asks for more when it is another's.
        KeyUse or RequestSend or PageOpen or PageAct or SessionBegin or SessionChange or SessionEnd => ActorRights.None,
        _ => ActorRights.Administer,
    };
}
