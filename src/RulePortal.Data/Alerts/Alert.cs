using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts;

/// <summary>What a rule found and a person works: it carries the triage fields that Sentinel keeps on the incident, and its own rules of triage.</summary>
public sealed class Alert
{
    /// <summary>Most characters of one comment (Sentinel's limit).</summary>
    public const int MaxCommentLength = 30_000;

    private readonly List<AlertActivity> activities = [];
    private readonly List<Occurrence> occurrences = [];

    private Alert()
    {
    }

    /// <summary>Raises an alert.</summary>
    public Alert(AlertContent content, Occurrence first, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(first);
        RuleId = first.RuleId;
        RuleVersion = first.RuleVersion;
        WindowStartUtc = first.WindowStartUtc;
        WindowEndUtc = first.WindowEndUtc;
        RuleName = content.RuleName;
        Title = content.Title;
        Summary = content.Summary;
        Severity = content.Severity;
        Techniques = [.. content.Techniques];
        BaselineDays = content.BaselineDays;
        LookbackDays = content.LookbackDays;
        ResultCount = first.TotalRows;
        Trigger = content.Trigger;
        RaisedUtc = nowUtc;
        ChangedUtc = nowUtc;
        Tactics = [.. content.Tactics.Distinct().Select(tactic => new AlertTactic { Tactic = tactic })];
        Entities = [.. content.Entities.Select(entity => new AlertEntity { Type = entity.Type, Value = entity.Value })];
        Subjects = [.. content.Subjects.Select(subject => new AlertSubject { Key = subject.Key })];
        occurrences.Add(first);
        activities.Add(new AlertActivity(Version, nowUtc, Actor.System, ActivityKind.Raised, null, null, null));
    }

    /// <summary>Identity.</summary>
    public long Id { get; private set; }

    /// <summary>The rule.</summary>
    public Guid RuleId { get; private set; }

    /// <summary>The rule's name when it raised the alert.</summary>
    public string RuleName { get; private set; } = "";

    /// <summary>The rule version that raised it.</summary>
    public int RuleVersion { get; private set; }

    /// <summary>Start of the window the detector looked at. UTC.</summary>
    public DateTime WindowStartUtc { get; private set; }

    /// <summary>End of the window that raised it. UTC.</summary>
    public DateTime WindowEndUtc { get; private set; }

    /// <summary>One line for lists.</summary>
    public string Title { get; private set; } = "";

    /// <summary>What happened, in one sentence with its numbers.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>How much harm it stands for.</summary>
    public Severity Severity { get; private set; }

    /// <summary>The trigger in words, such as "more than 5".</summary>
    public string Trigger { get; private set; } = "";

    /// <summary>Result rows of the window that raised it.</summary>
    public int ResultCount { get; private set; }

    /// <summary>Days of the lookback that had rows.</summary>
    public int BaselineDays { get; private set; }

    /// <summary>Days looked back.</summary>
    public int LookbackDays { get; private set; }

    /// <summary>When it was raised. UTC.</summary>
    public DateTime RaisedUtc { get; private set; }

    /// <summary>When it last changed. UTC.</summary>
    public DateTime ChangedUtc { get; private set; }

    /// <summary>Where it stands.</summary>
    public AlertStatus Status { get; private set; }

    /// <summary>Owner's <see cref="Actor.Id"/>, or null.</summary>
    public string? OwnerId { get; private set; }

    /// <summary>Owner's <see cref="Actor.Name"/>, or null.</summary>
    public string? OwnerName { get; private set; }

    /// <summary>What it turned out to be, once closed.</summary>
    public Classification? Classification { get; private set; }

    /// <summary>Why, once closed.</summary>
    public ClassificationReason? ClassificationReason { get; private set; }

    /// <summary>When it was closed, or null. UTC.</summary>
    public DateTime? ClosedUtc { get; private set; }

    /// <summary>Concurrency token; each change adds one.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>ATT&amp;CK techniques of the rule version.</summary>
    public IList<string> Techniques { get; private set; } = [];

    /// <summary>ATT&amp;CK tactics of the rule version.</summary>
    public IList<AlertTactic> Tactics { get; private set; } = [];

    /// <summary>What it is about.</summary>
    public IList<AlertEntity> Entities { get; private set; } = [];

    /// <summary>What it is about, as the baseline of its rule knows it.</summary>
    public IList<AlertSubject> Subjects { get; private set; } = [];

    /// <summary>What was found, window by window.</summary>
    public IReadOnlyList<Occurrence> Occurrences => occurrences;

    /// <summary>What happened to it, oldest first.</summary>
    public IReadOnlyList<AlertActivity> Activities => activities;

    /// <summary>Takes it up: Active, and the actor's own when nobody owns it.</summary>
    public AlertChange Acknowledge(Actor actor, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (Status is AlertStatus.Closed)
        {
            return AlertChange.IsClosed;
        }

        if (Status is AlertStatus.Active)
        {
            return AlertChange.Unchanged;
        }

        Log(nowUtc, actor, ActivityKind.Acknowledged, nameof(AlertStatus.New), nameof(AlertStatus.Active), null);
        Status = AlertStatus.Active;
        if (OwnerId is null)
        {
            Own(actor, actor, nowUtc);
        }

        return Touch(nowUtc);
    }

    /// <summary>Gives it to somebody, or to nobody.</summary>
    public AlertChange Assign(Actor? owner, Actor actor, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (string.Equals(owner?.Id, OwnerId, StringComparison.Ordinal))
        {
            return AlertChange.Unchanged;
        }

        Own(owner, actor, nowUtc);
        return Touch(nowUtc);
    }

    /// <summary>Closes it with one of Sentinel's verdicts.</summary>
    public AlertChange Close(ClosingVerdict verdict, string? comment, Actor actor, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(actor);
        if (Status is AlertStatus.Closed)
        {
            return AlertChange.IsClosed;
        }

        if (!verdict.IsAllowed)
        {
            return AlertChange.UnknownVerdict;
        }

        if (comment?.Length > MaxCommentLength)
        {
            return AlertChange.BadComment;
        }

        Log(nowUtc, actor, ActivityKind.Closed, Status.ToString(), verdict.DisplayName, string.IsNullOrWhiteSpace(comment) ? null : comment.Trim());
        Status = AlertStatus.Closed;
        Classification = verdict.Classification;
        ClassificationReason = verdict.Reason;
        ClosedUtc = nowUtc;
        return Touch(nowUtc);
    }

    /// <summary>Opens it again, as Active; its classification stays in the activity log.</summary>
    public AlertChange Reopen(string? comment, Actor actor, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (Status is not AlertStatus.Closed)
        {
            return AlertChange.Unchanged;
        }

        if (comment?.Length > MaxCommentLength)
        {
            return AlertChange.BadComment;
        }

        Log(nowUtc, actor, ActivityKind.Reopened, new ClosingVerdict(Classification!.Value, ClassificationReason!.Value).DisplayName, nameof(AlertStatus.Active), string.IsNullOrWhiteSpace(comment) ? null : comment.Trim());
        Status = AlertStatus.Active;
        Classification = null;
        ClassificationReason = null;
        ClosedUtc = null;
        return Touch(nowUtc);
    }

    /// <summary>Adds a comment.</summary>
    public AlertChange Comment(string text, Actor actor, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxCommentLength)
        {
            return AlertChange.BadComment;
        }

        Log(nowUtc, actor, ActivityKind.Commented, null, null, text.Trim());
        return Touch(nowUtc);
    }

    /// <summary>Notes that a later attempt at the same window found further result rows.</summary>
    public void Extended(IReadOnlyList<Finding> rows, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var entity in rows.SelectMany(row => row.Entities).Distinct()
            .Where(entity => !Entities.Any(known => known.Type == entity.Type && string.Equals(known.Value, entity.Value, StringComparison.Ordinal))))
        {
            Entities.Add(new AlertEntity { Type = entity.Type, Value = entity.Value });
        }

        foreach (var subject in rows.Select(row => row.Subject).Where(subject => !subject.IsNone).Distinct()
            .Where(subject => !Subjects.Any(known => string.Equals(known.Key, subject.Key, StringComparison.Ordinal))))
        {
            Subjects.Add(new AlertSubject { Key = subject.Key });
        }

        ResultCount += rows.Count;
        Log(nowUtc, Actor.System, ActivityKind.RowsAdded, null, null, $"{rows.Count} further result {(rows.Count == 1 ? "row" : "rows")} found in the same window.");
        Touch(nowUtc);
    }

    /// <summary>Notes that its pin changed.</summary>
    internal void Pinned(PinKind? before, PinKind? after, string note, Actor actor, DateTime nowUtc)
    {
        Log(nowUtc, actor, after is null ? ActivityKind.Unpinned : ActivityKind.Pinned, before?.ToString(), after?.ToString(), note.Length == 0 ? null : note);
        Touch(nowUtc);
    }

    private void Own(Actor? owner, Actor actor, DateTime nowUtc)
    {
        Log(nowUtc, actor, ActivityKind.Assigned, OwnerName ?? "nobody", owner?.Name ?? "nobody", null);
        OwnerId = owner?.Id;
        OwnerName = owner?.Name;
    }

    private AlertChange Touch(DateTime nowUtc)
    {
        ChangedUtc = nowUtc;
        Version++;
        return AlertChange.Changed;
    }

    private void Log(DateTime nowUtc, Actor actor, ActivityKind kind, string? from, string? to, string? comment) =>
        activities.Add(new AlertActivity(Version + 1, nowUtc, actor, kind, from, to, comment));
}
